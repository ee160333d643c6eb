/** The wire of a streamed answer: chunks, comments, its end. The status goes out with the first thing written. */
import type { FastifyReply } from 'fastify';
import type { Usage } from '../gateway.ts';
import type { Facts } from './answer.ts';
import type { OpenAiErrorBody } from './openai-error.ts';

/** What a slow client may have unread before it is dropped, and its generation stopped. */
const MAX_UNREAD_BYTES = 1024 * 1024;
const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'private, no-store, no-transform',
  // nginx would otherwise hold tokens back.
  'x-accel-buffering': 'no',
};

export type ChunkWriter = {
  /** True once the status is out, so that a failure can only be told in the stream. */
  readonly begun: boolean;
  /** A piece of the answer; the first one is preceded by the role. */
  say(delta: object): void;
  comment(text: string): void;
  finish(reason: string, usage: Usage): void;
  fail(error: OpenAiErrorBody): void;
  close(): void;
};

export function createChunkWriter(reply: FastifyReply, facts: Facts, includeUsage: boolean): ChunkWriter {
  const { raw } = reply;
  let begun = false;
  let spoke = false;

  function write(text: string): void {
    if (raw.destroyed) return;
    if (!begun) {
      begun = true;
      reply.hijack();
      raw.writeHead(200, { ...(reply.getHeaders() as Record<string, string>), ...HEADERS });
    }
    raw.write(text);
    if (raw.writableLength > MAX_UNREAD_BYTES) raw.destroy();
  }

  const send = (value: object) => write(`data: ${JSON.stringify(value)}\n\n`);
  const chunk = (choices: object[], usage: Usage | null = null) =>
    send({ ...facts, object: 'chat.completion.chunk', choices, ...(includeUsage && { usage }) });
  const choose = (delta: object, finishReason: string | null = null) =>
    chunk([{ index: 0, delta, logprobs: null, finish_reason: finishReason }]);

  function introduce(): void {
    if (!spoke) choose({ role: 'assistant', content: '', refusal: null });
    spoke = true;
  }

  return {
    get begun() {
      return begun;
    },
    say(delta) {
      introduce();
      choose(delta);
    },
    comment: (text) => write(`: ${text}\n\n`),
    finish(reason, usage) {
      introduce();
      choose({}, reason);
      if (includeUsage) chunk([], usage);
      write('data: [DONE]\n\n');
    },
    fail: (error) => send({ error }),
    close() {
      if (begun) raw.end();
    },
  };
}
