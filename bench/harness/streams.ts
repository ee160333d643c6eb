/** A reader of streams as lean as a load generator must be: it only looks for the stamps of tokens. */
import http from 'node:http';

/** Something that relays the upstream's tokens. */
export type Relay = {
  readonly name: string;
  /** The HTTP request that asks for a stream of this prompt; the bare pipe and Parley are asked differently. */
  ask(prompt: string): { url: string; headers: Record<string, string>; body: string };
};

export type ReadOptions = {
  /** Called for each token with its delay in microseconds. */
  onToken?(delayMicros: number): void;
  onEvent?(text: string): void;
};
export type StreamResult = {
  tokens: number;
  /** From asking to the first token, in milliseconds. */
  firstTokenMs: number;
  /** False when it was refused, broke off or ended with an error. */
  ok: boolean;
  /** The beginning of what was said of a failure. */
  why: string;
};
export type OpenStream = { readonly done: Promise<StreamResult>; cut(): void };

const agent = new http.Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
const micros = (): number => Number(process.hrtime.bigint() / 1000n);

/** Asks a relay for the stream of a prompt and reads it to its end. */
export function openStream(relay: Relay, prompt: string, options: ReadOptions = {}): OpenStream {
  const { url, headers, body } = relay.ask(prompt);
  return readStream('POST', url, { 'content-type': 'application/json', ...headers }, body, options);
}

/** The same for any request that answers with a stream. */
export function readStream(
  method: string,
  url: string,
  headers: Record<string, string>,
  body: string | undefined,
  { onToken, onEvent }: ReadOptions = {},
): OpenStream {
  const result: StreamResult = { tokens: 0, firstTokenMs: Number.NaN, ok: false, why: 'cut off' };
  const startedAt = performance.now();
  const request = http.request(url, { method, headers, agent });
  const done = new Promise<StreamResult>((resolve) => {
    request.once('error', (error) => {
      result.why = error.message;
      resolve(result);
    });
    request.once('response', (response) => {
      let rest = '';
      let failed = response.statusCode !== 200;
      response.setEncoding('utf8').on('data', (chunk: string) => {
        const now = micros();
        const text = rest + chunk;
        const end = text.lastIndexOf('\n') + 1;
        rest = text.slice(end);
        const whole = end === text.length ? text : text.slice(0, end);
        if (whole.includes('event: error')) failed = true;
        if (failed) result.why = text.slice(Math.max(0, text.indexOf('event: error'))).slice(0, 300);
        onEvent?.(whole);
        for (const [, sent] of whole.matchAll(/@(\d+):/g)) {
          if (result.tokens === 0) result.firstTokenMs = performance.now() - startedAt;
          result.tokens += 1;
          onToken?.(now - Number(sent));
        }
      });
      response.once('end', () => {
        result.ok = !failed;
        resolve(result);
      });
      response.once('error', () => resolve(result));
      response.once('close', () => resolve(result));
    });
  });
  request.end(body);
  return { done, cut: () => void request.destroy() };
}

/** The bare pipe, or the upstream itself, asked as OpenAI's clients do. */
export const openAiRelay = (name: string, url: string): Relay => ({
  name,
  ask: (prompt) => ({
    url: `${url}/v1/chat/completions`,
    headers: {},
    body: JSON.stringify({ model: 'bench', stream: true, messages: [{ role: 'user', content: prompt }] }),
  }),
});
