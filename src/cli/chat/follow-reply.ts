/** Draws one reply while it is written, by the same reducer as the page. */

import {
  applyEvent,
  applySnapshot,
  EMPTY_REPLY,
  type ReplyState,
} from '#features/generations/apply-event.ts';
import type { LoggedEvent, MessageSnapshot, QueueUpdate } from '#features/generations/stream-events.ts';
import { textOf } from '#features/messages/rules.ts';
import type { ApiClient, StreamEvent } from '#terminal/api-client.ts';
import { createMarkdownWriter } from '#terminal/markdown-writer.ts';
import { coloured, plain } from '#terminal/paint.ts';
import type { Terminal } from '#terminal/terminal.ts';

/** Draws the generation from its beginning to its end; Ctrl-C stops it, and what was written stays. */
export async function followReply(
  api: ApiClient,
  terminal: Terminal,
  generationId: string,
): Promise<ReplyState> {
  const writer = createMarkdownWriter(paintFor(terminal), terminal.width);
  let reply = EMPTY_REPLY;
  let drawn = 0;
  terminal.onInterrupt(() => {
    terminal.status('stopping …');
    // Its end arrives as an event, like any other.
    api.ask('POST', `/api/v1/generations/${generationId}/cancel`).catch(() => {});
  });
  try {
    for await (const event of api.events(generationId)) {
      reply = reduce(reply, event);
      const text = textOf(reply.content);
      const more = writer.write(text.slice(drawn));
      drawn = text.length;
      if (more) terminal.write(more);
      else if (drawn === 0) showStage(terminal, event);
    }
  } finally {
    terminal.onInterrupt(null);
  }
  terminal.write(`${writer.end()}\n`);
  tellEnd(terminal, reply);
  return reply;
}

/** A whole message, as it is shown when an earlier chat is taken up again. */
export function drawMarkdown(terminal: Terminal, text: string): string {
  const writer = createMarkdownWriter(paintFor(terminal), terminal.width);
  return writer.write(text) + writer.end();
}

const paintFor = (terminal: Terminal) =>
  terminal.isInteractive && process.stdout.hasColors?.() ? coloured : plain;

function reduce(reply: ReplyState, { type, data, id }: StreamEvent): ReplyState {
  if (type === 'message_snapshot') return applySnapshot(data as MessageSnapshot);
  if (!id) return reply;
  return applyEvent(reply, { type, data } as LoggedEvent, Number(id.slice(id.lastIndexOf(':') + 1)));
}

function showStage(terminal: Terminal, { type, data }: StreamEvent): void {
  if (type === 'reasoning_delta') terminal.status('thinking …');
  if (type === 'queue_update') terminal.status(`${wordsFor(data as QueueUpdate)} …`);
}

const STOPPED: Record<NonNullable<QueueUpdate['stopped']>, string> = {
  paused: 'an admin has paused this model',
  switched_off: 'an admin has turned this model off',
  down: 'the model server does not answer',
};

function wordsFor({ stage, stopped, position, queueSize, etaSeconds }: QueueUpdate): string {
  if (stage === 'loading_model') return 'the model is being loaded';
  if (stage === 'endpoint_down') return `${STOPPED[stopped ?? 'down']}; your message keeps its place`;
  if (stage !== 'waiting' || position === null) return stage;
  const about = etaSeconds === null ? '' : `, about ${Math.ceil(etaSeconds)} s`;
  return `waiting: ${position + 1} of ${queueSize}${about}`;
}

function tellEnd(terminal: Terminal, { state, error }: ReplyState): void {
  if (state === 'cancelled') terminal.note('(stopped; what was written is kept)');
  if (error) terminal.note(`(${state}: ${error.detail}${error.retryable ? ' Try again with /retry.' : ''})`);
}
