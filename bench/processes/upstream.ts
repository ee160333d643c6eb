/**
 * The fake upstream of the benchmarks: OpenAI's wire, as cheap as it can be, so that what is measured is what stands
 * in front of it. The prompt says what it does: `tokens=200 rate=50 mark=abc`; rate 0 is as fast as it is read.
 * Each token begins with when it was sent: `@<microseconds of the machine's monotonic clock>:`. With `words` at the end of the
 * prompt it is `@0:` and one of many words instead, as often as in a language: what is stored then is like what people read.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How often streams with a rate are looked at; well under the delays to be measured. */
const TICK_MS = 2;

type Playing = {
  response: ServerResponse;
  left: number;
  rate: number;
  sent: number;
  startedAt: number;
  words: boolean;
};
type Seen = { mark: string; askedAt: number; closedAt: number | null; whole: boolean };

const playing = new Set<Playing>();
const seen = new Map<string, Seen>();
const micros = (): number => Number(process.hrtime.bigint() / 1000n);

const HEAD =
  'data: {"id":"chatcmpl-bench","object":"chat.completion.chunk","created":1,"model":"bench","choices":[{"index":0,"delta":{"content":"';
const TAIL = '"},"finish_reason":null}]}\n\n';
const END =
  'data: {"id":"chatcmpl-bench","object":"chat.completion.chunk","created":1,"model":"bench","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';

/** Different words; how often one is used falls with its rank (Zipf). */
const WORDS = 20_000;
const SYLLABLES = ['ba', 'ce', 'di', 'fo', 'gu', 'la', 'me', 'ni', 'po', 'ru', 'ta', 've', 'si', 'lo'];

function word(): string {
  let rank = Math.floor(WORDS ** Math.random());
  let text = '';
  for (; rank > 0 || text.length < 4; rank = Math.floor(rank / SYLLABLES.length))
    text += SYLLABLES[rank % SYLLABLES.length]!;
  return text;
}

/** Writes one token; false when the reader is behind. */
function token(one: Playing): boolean {
  const more = one.response.write(`${HEAD}${one.words ? `@0:${word()}` : `@${micros()}:word`} ${TAIL}`);
  one.sent += 1;
  one.left -= 1;
  if (one.left === 0) {
    playing.delete(one);
    one.response.end(END);
  }
  return more;
}

function playPaced(): void {
  const now = performance.now();
  for (const one of playing) {
    if (one.rate === 0) continue;
    const due = Math.floor(((now - one.startedAt) * one.rate) / 1000) + 1;
    while (one.sent < due && one.left > 0) token(one);
  }
}

/** A token a turn of the event loop, so that each travels on its own as a model's would, until the reader is behind. */
function playFast(one: Playing): void {
  if (!playing.has(one)) return;
  if (token(one)) setImmediate(playFast, one);
  else one.response.once('drain', () => playFast(one));
}

function answer(body: string, response: ServerResponse): void {
  const say = /tokens=(\d+) rate=(\d+)(?: mark=(\w+))?( words)?/g;
  const [, tokens, rate, mark, words] = [...body.matchAll(say)].at(-1) ?? ['', '1', '0', ''];
  const entry: Seen = { mark: mark ?? '', askedAt: micros(), closedAt: null, whole: false };
  if (mark) seen.set(mark, entry);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const one = {
    response,
    left: Number(tokens),
    rate: Number(rate),
    sent: 0,
    startedAt: performance.now(),
    words: !!words,
  };
  playing.add(one);
  response.once('close', () => {
    playing.delete(one);
    entry.closedAt = micros();
    entry.whole = response.writableFinished;
  });
  if (one.rate === 0) playFast(one);
  else token(one);
}

const server = createServer((request, response) => {
  request.socket.setNoDelay(true);
  if (request.url === '/v1/models')
    return void response.end(JSON.stringify({ object: 'list', data: [{ id: 'bench', object: 'model' }] }));
  if (request.url?.startsWith('/seen/'))
    return void response.end(JSON.stringify(seen.get(request.url.slice(6)) ?? null));
  let body = '';
  request.setEncoding('utf8').on('data', (text: string) => {
    body += text;
  });
  request.on('end', () => answer(body, response));
});
server.keepAliveTimeout = 60_000;
setInterval(playPaced, TICK_MS);
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () =>
  console.log(`ready at http://127.0.0.1:${(server.address() as AddressInfo).port}`),
);
process.once('disconnect', () => process.exit());
