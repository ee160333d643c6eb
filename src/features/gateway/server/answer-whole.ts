import { applyEvent, applySnapshot, EMPTY_REPLY } from '#features/generations/apply-event.ts';
import { toEvent } from '#features/generations/server/index.ts';
import type { ChatCompletion } from '../gateway.ts';
import { type Facts, toChatCompletion } from './answer.ts';
import { type Following, follow } from './follow.ts';
import { fromGenerationError, stoppedElsewhere } from './openai-error.ts';

/** Waits for the whole reply. Throws an `OpenAiError` for one that did not complete; null when the client has left. */
export async function answerWhole(following: Following, facts: Facts): Promise<ChatCompletion | null> {
  let reply = EMPTY_REPLY;
  let finishReason: string | null = null;
  await follow(following, {
    entries(entries) {
      for (const entry of entries) {
        const event = toEvent(entry);
        reply = applyEvent(reply, event, entry.seq);
        if (event.type === 'message_end') finishReason = event.data.finishReason;
      }
    },
    snapshot(snapshot) {
      reply = applySnapshot(snapshot);
    },
    queueUpdate() {},
    end() {},
  });
  if (reply.error) throw fromGenerationError(reply.error);
  if (reply.state === 'cancelled') throw stoppedElsewhere();
  return reply.state === 'completed' ? toChatCompletion(facts, reply, finishReason) : null;
}
