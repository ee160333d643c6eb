import type { Message } from '#features/messages/messages.ts';
import type { ReplyState } from '../apply-event.ts';
import { isTerminalState } from '../rules.ts';
import { useReplies } from './replies.ts';

/** A message as the server told of it, which may have been before the end of its reply that has come here meanwhile. */
export function asEnded(message: Message): Message {
  if (message.ending || !message.generationId) return message;
  const live = useReplies.getState().replies[message.generationId];
  return live ? endedAs(message, live.reply) : message;
}

/** A reply's message once it has ended; until then as it is. */
export function endedAs(message: Message, { content, state, error, metadata, ...more }: ReplyState): Message {
  if (!metadata || !isTerminalState(state)) return message;
  const { finishReason, context } = more;
  return { ...message, content: [...content], ending: { ...metadata, state, error, finishReason, context } };
}
