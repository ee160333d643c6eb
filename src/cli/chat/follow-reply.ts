/** Draws one reply while it is written, by the same reducer as the page. */

import {
  applyEvent,
  applySnapshot,
  EMPTY_REPLY,
  type ReplyState,
} from '#features/generations/apply-event.ts';
import type { LoggedEvent, MessageSnapshot, QueueUpdate } from '#features/generations/stream-events.ts';
import { textOf } from '#features/messages/rules.ts';
import type { StreamEvent } from '#terminal/api-client.ts';
import { createMarkdownWriter } from '#terminal/markdown-writer.ts';
import { coloured, plain } from '#terminal/paint.ts';
import type { Terminal } from '#terminal/terminal.ts';
import type { Speech } from '../speech.ts';
import type { AtTerminal } from './at-terminal.ts';
import { tellEnding } from './tell-ending.ts';

/** Draws the generation from its beginning to its end; Ctrl-C stops it, and what was written stays. */
export async function followReply(
  { api, terminal, speech }: AtTerminal,
  chatId: string,
  generationId: string,
): Promise<ReplyState> {
  const writer = writerFor(terminal);
  let reply = EMPTY_REPLY;
  let drawn = 0;
  terminal.onInterrupt(() => {
    terminal.status(speech.words('reply_stopping'));
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
      else if (drawn === 0) showStage(terminal, speech, event);
    }
  } finally {
    terminal.onInterrupt(null);
  }
  terminal.write(`${writer.end()}\n`);
  const ending = tellEnding(speech, reply, { isInteractive: terminal.isInteractive, chatId });
  if (ending) terminal.note(ending);
  return reply;
}

/** A whole message, as it is shown when an earlier chat is taken up again. */
export function drawMarkdown(terminal: Terminal, text: string): string {
  const writer = writerFor(terminal);
  return writer.write(text) + writer.end();
}

const writerFor = ({ hasColours, width, wraps }: Terminal) =>
  createMarkdownWriter(hasColours ? coloured : plain, width, wraps);

function reduce(reply: ReplyState, { type, data, id }: StreamEvent): ReplyState {
  if (type === 'message_snapshot') return applySnapshot(data as MessageSnapshot);
  if (!id) return reply;
  return applyEvent(reply, { type, data } as LoggedEvent, Number(id.slice(id.lastIndexOf(':') + 1)));
}

function showStage(terminal: Terminal, speech: Speech, { type, data }: StreamEvent): void {
  if (type === 'reasoning_delta') terminal.status(speech.words('reply_thinking'));
  if (type === 'queue_update') terminal.status(wordsFor(speech, data as QueueUpdate));
}

function wordsFor(
  { words }: Speech,
  { stage, stopped, position, queueSize, etaSeconds }: QueueUpdate,
): string {
  if (stage === 'loading_model') return words('reply_loading');
  if (stage === 'endpoint_down') return words('reply_held', { why: stopped ?? 'down' });
  if (stage === 'thinking') return words('reply_thinking');
  if (stage !== 'waiting') return words('reply_starting');
  if (position === null || queueSize === null) return words('reply_in_line');
  const line = { place: position + 1, size: queueSize };
  return etaSeconds === null
    ? words('reply_waiting', line)
    : words('reply_waiting_about', { ...line, seconds: Math.ceil(etaSeconds) });
}
