/** What a scripted upstream can be told to do with a request. */

/** After the headers, after half of the tokens, or after this many. */
export type Place = 'first' | 'mid' | number;

export type Behaviour = {
  /** Exactly this reply, in these pieces; else `tokens` words. */
  pieces?: string[];
  tokens?: number;
  /** Tokens per second; 0: all at once. */
  rate?: number;
  /** Each token begins with when it was sent, `<microseconds of the machine's monotonic clock>:`. */
  stamp?: boolean;
  /** Milliseconds before the headers. */
  headersAfterMs?: number;
  /** Milliseconds between the headers and the first token. */
  ttft?: number;
  reasoning?: string[];
  toolCalls?: { id: string; name: string; pieces: string[] }[];

  /** Answers with this status instead, with `errorBody` (text as it is, else JSON), `retryAfter` and `location`. */
  status?: number;
  errorBody?: unknown;
  retryAfter?: string;
  location?: string;
  /** Says 503 “Loading model” for this long after the first request for the model. */
  loadingMs?: number;
  /** Refuses bodies with `stream_options`, as a few servers do. */
  rejectStreamOptions?: boolean;

  /** Says nothing any more: before the headers, or there. */
  hang?: 'headers' | Place;
  /** Resets the connection: before the headers, or there. */
  reset?: 'headers' | Place;
  /** Ends the body in order there, as if all were said. */
  cut?: Place;
  /** An error object there, inside the 200. */
  errorEvent?: Place;
  /** These bytes there, then goes on. */
  garbage?: { at: Place; bytes: string };
  /** Half a JSON object there, then the end. */
  truncate?: Place;
  /** A line of this many bytes there. */
  hugeLine?: { at: Place; bytes: number };
  /** Milliseconds between single bytes. */
  dripMs?: number;
  /** Writes pieces of this many bytes, each in its own packet as far as the machine allows. */
  split?: number;

  lineEnd?: '\n' | '\r\n' | '\r';
  bom?: boolean;
  comments?: boolean;
  contentType?: string;
  /** Bytes of headers on top. */
  hugeHeaders?: number;
  /** Null: none is sent. */
  finishReason?: string | null;
  endMarker?: boolean;
  /** Any JSON; missing: the truth; null: none is sent. */
  usage?: unknown;
  /** Answers 200 with this page, as a proxy's log-in does. */
  page?: string;
  /** Answers with one JSON body although a stream was asked for. */
  whole?: boolean;
};

/** Behaviours by model name, so that they can be chosen from outside the process; all of them are listed as models. */
export const PRESETS: Record<string, Behaviour> = {
  normal: { tokens: 40, rate: 200 },
  fast: { tokens: 200, rate: 0 },
  slow: { tokens: 200, rate: 5 },
  long: { tokens: 2_000, rate: 50 },
  thinking: { tokens: 20, rate: 100, reasoning: ['Let me ', 'think. '] },
  tools: { pieces: [], toolCalls: [{ id: 'call_1', name: 'look_up', pieces: ['{"q":', '"слон 🐘"}'] }] },
  'hang-before-headers': { hang: 'headers' },
  'hang-before-first': { hang: 'first' },
  'hang-mid-stream': { tokens: 40, rate: 200, hang: 'mid' },
  drip: { tokens: 10, dripMs: 5 },
  'reset-before-headers': { reset: 'headers' },
  'reset-mid-stream': { tokens: 40, rate: 200, reset: 'mid' },
  'no-end': { tokens: 40, rate: 0, finishReason: null, endMarker: false },
  'no-done': { tokens: 40, rate: 0, endMarker: false },
  'no-finish-reason': { tokens: 40, rate: 0, finishReason: null },
  'cut-mid-stream': { tokens: 40, rate: 0, cut: 'mid' },
  'truncated-json': { tokens: 40, rate: 0, truncate: 'mid' },
  garbage: { tokens: 40, rate: 0, garbage: { at: 'mid', bytes: 'data: {not json}\n\n' } },
  'huge-line': { tokens: 40, rate: 0, hugeLine: { at: 'mid', bytes: 10 * 1024 * 1024 } },
  'split-bytes': { pieces: ['Привет', ', 👩‍👩‍👧 ', 'мир!\n', '日本'], split: 1 },
  crlf: { tokens: 40, rate: 0, lineEnd: '\r\n' },
  'error-event': { tokens: 40, rate: 0, errorEvent: 'mid' },
  'error-event-first': { errorEvent: 'first' },
  'status-401': { status: 401 },
  'status-403': { status: 403 },
  'status-404': { status: 404 },
  'status-429': { status: 429 },
  'status-429-retry-after': { status: 429, retryAfter: '2' },
  'status-500': { status: 500 },
  'status-503': { status: 503 },
  'status-529': { status: 529 },
  loading: { tokens: 20, rate: 0, loadingMs: 1_500 },
  'wrong-content-type': { tokens: 20, rate: 0, contentType: 'text/html' },
  'huge-headers': { hugeHeaders: 1024 * 1024 },
  'no-stream': { tokens: 20, whole: true },
  'fake-usage': { tokens: 20, rate: 0, usage: { prompt_tokens: -5, completion_tokens: 1e300 } },
};

/** A line of the prompt that begins with `/upstream` and goes on with JSON adds to the model's behaviour. */
export function behaviourIn(prompt: string): Behaviour {
  const match = /^\/upstream (\{.*\})$/m.exec(prompt);
  return match ? (JSON.parse(match[1]!) as Behaviour) : {};
}

/** A place as a number of tokens. */
export function indexOf(place: Place | undefined, length: number): number {
  if (place === undefined) return -1;
  if (place === 'first') return 0;
  return place === 'mid' ? Math.floor(length / 2) : place;
}

/** `count` tokens that differ from their neighbours. */
export const words = (count: number): string[] => Array.from({ length: count }, (_, at) => `w${at} `);
