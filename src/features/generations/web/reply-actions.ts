/** What a reader can do about a reply that is being written or has ended. */

import type { Message } from '#features/messages/messages.ts';
import { api } from '#web/api/http.ts';
import type { Generation } from '../generations.ts';
import { isTerminalState } from '../rules.ts';
import { subscribe } from './live-events.ts';
import { noteReply, useReplies } from './replies.ts';

/** Stops a generation wherever it is. The end itself arrives as an event. */
export function stop(generationId: string): void {
  const live = useReplies.getState().replies[generationId];
  if (!live || live.stopping || isTerminalState(live.reply.state)) return;
  noteReply(generationId, { stopping: true });
  api<Generation>('POST', `/api/v1/generations/${generationId}/cancel`).catch(() =>
    noteReply(generationId, { stopping: false }),
  );
}

/** Starts following the generation of a stored message that has no end yet. */
export function follow(message: Message): void {
  if (!message.generationId || useReplies.getState().replies[message.generationId]) return;
  noteReply(message.generationId, { chatId: message.chatId, messageId: message.id });
  subscribe(message.generationId, 0);
}
