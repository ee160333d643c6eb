/**
 * The little language of the scripted model: a line of the prompt that begins with `/script`, then `key=value`
 * pairs, a value with spaces in double quotes (JSON strings). Several lines add up; one has at most 4,096 characters. See `docs/scripted-model.md`.
 *
 *   /script tokens=200 rate=50 fail=mid code=bad_stream
 */
import { type FailureCode, isFailureCode } from '../words.ts';

/** Where in the reply something happens: after this many tokens, or at one of three points. */
export type Point = 'first' | 'mid' | 'end' | number;

export type Script = {
  /** Exactly this text; wins over `repeat` and `tokens`. */
  text?: string;
  /** This text again and again, until `tokens` (100 unless told). */
  repeat?: string;
  /** Length of the reply; missing: as long as the answer is. */
  tokens?: number;
  /** Tokens per second; 0: as fast as they can be read. */
  rate?: number;
  /** One character at a time, this many milliseconds apart; wins over `rate`. */
  drip?: number;
  /** Milliseconds before the first token. */
  ttft?: number;
  /** Milliseconds of loading the model before all else. */
  loading?: number;
  /** Tokens of reasoning before the text. */
  reasoning?: number;
  /** Fails there, with `code`. */
  fail?: Point;
  code?: FailureCode;
  /** Milliseconds to wait before asking again, said with the failure. */
  retryAfter?: number;
  /** Goes silent there for good. */
  stall?: Point;
  finish?: string;
  /** Reported tokens; null: none are reported. */
  usage?: { input: number; output: number } | null;
  /** Ends by calling this tool. */
  tool?: string;
  arguments?: string;
  /** Changes the words of `tokens`. */
  seed?: number;
};

const MAX_TOKENS = 200_000;
const MAX_MS = 86_400_000;

const whole = (max: number) => (value: string) => {
  const number = Number(value);
  return value !== '' && Number.isFinite(number) && number >= 0 ? Math.min(number, max) : undefined;
};
const text = (value: string) => value;
const point = (value: string): Point | undefined =>
  value === 'first' || value === 'mid' || value === 'end' ? value : whole(MAX_TOKENS)(value);
const code = (value: string) => (isFailureCode(value) ? value : undefined);
const usage = (value: string) => {
  if (value === 'none') return null;
  const [input, output] = value.split(',').map(Number);
  return Number.isFinite(input) && Number.isFinite(output) ? { input: input!, output: output! } : undefined;
};

const KEYS: { [K in keyof Required<Script>]: (value: string) => Script[K] | undefined } = {
  text,
  repeat: (value) => value || undefined,
  tokens: whole(MAX_TOKENS),
  rate: whole(1_000_000),
  drip: whole(MAX_MS),
  ttft: whole(MAX_MS),
  loading: whole(MAX_MS),
  reasoning: whole(MAX_TOKENS),
  fail: point,
  code,
  retryAfter: whole(MAX_MS),
  stall: point,
  finish: text,
  usage,
  tool: (value) => value || undefined,
  arguments: text,
  seed: whole(Number.MAX_SAFE_INTEGER),
};

/** The keys of the language; the documentation is checked against them. */
export const SCRIPT_KEYS = Object.keys(KEYS);

/** The longest line that is read, in characters; what is longer is told instead of read. */
const MAX_LINE = 4096;
/** So many things that are not understood are told; more would be an answer as long as the prompt. */
const MAX_PROBLEMS = 5;
const BEGIN = '/script';

/**
 * The script in a prompt, what is wrong with it, and the rest of the prompt; unknown keys and bad values are named, not
 * guessed at. Read by hand, once from left to right, because anybody may send any prompt.
 */
export function readScript(prompt: string): {
  script: Script;
  problems: string[];
  found: boolean;
  rest: string;
} {
  const script: Record<string, unknown> = {};
  const problems: string[] = [];
  const rest: string[] = [];
  let found = false;
  for (const line of prompt.split('\n')) {
    if (!isScript(line)) {
      rest.push(line);
      continue;
    }
    found = true;
    if (line.length > MAX_LINE) problems.push(`${line.slice(0, 20)}… (more than ${MAX_LINE} characters)`);
    else
      for (const [key, value] of pairsOf(line.slice(BEGIN.length))) {
        const read = Object.hasOwn(KEYS, key) ? KEYS[key as keyof Script] : undefined;
        const parsed = read?.(unquote(value));
        if (parsed === undefined) problems.push(`${key}=${value}`);
        else script[key] = parsed;
      }
  }
  return {
    script: script as Script,
    problems: problems.slice(0, MAX_PROBLEMS),
    found,
    rest: rest.join('\n').trim(),
  };
}

/** `/script` as a whole word at the beginning of a line. */
const isScript = (line: string): boolean => line.startsWith(BEGIN) && !isWord(line.charCodeAt(BEGIN.length));

/** The `key=value` pairs of a line, values as they are written. What is no pair is passed over. */
function* pairsOf(line: string): Generator<[key: string, value: string]> {
  let at = 0;
  while (at < line.length) {
    const from = at;
    while (isWord(line.charCodeAt(at)) || line[at] === '-') at++;
    if (at === from || line[at] !== '=') {
      at = Math.max(at, from + 1);
      continue;
    }
    const key = line.slice(from, at);
    const value = at + 1;
    at = endOfValue(line, value);
    yield [key, line.slice(value, at)];
  }
}

/** After the closing quote, or the last character that is no space; a quote that nothing closes is a character. */
function endOfValue(line: string, from: number): number {
  let at = from;
  if (line[from] === '"') {
    for (at = from + 1; at < line.length && line[at] !== '"'; at++) if (line[at] === '\\') at++;
    if (at < line.length) return at + 1;
    at = from;
  }
  while (at < line.length && line[at]!.trim() !== '') at++;
  return at;
}

/** A letter, digit or underscore of ASCII. NaN, past the end, is none. */
const isWord = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122);

function unquote(value: string): string {
  if (!value.startsWith('"')) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value.slice(1, -1);
  }
}

/** A point as a number of tokens of a reply with `length` tokens. */
export function pointIn(point: Point | undefined, length: number): number {
  if (point === undefined) return Number.POSITIVE_INFINITY;
  if (point === 'first') return 0;
  if (point === 'mid') return Math.floor(length / 2);
  return point === 'end' ? length : point;
}
