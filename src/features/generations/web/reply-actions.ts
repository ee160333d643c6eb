/** What a reader can do about a reply that is being written or has ended. */
import type { Message } from '#features/chats/chats.ts';
import { keys, refreshMessages } from '#features/chats/web/chat-cache.ts';
import { type Pages, placeMessage } from '#features/chats/web/place.ts';
import { api } from '#web/api/http.ts';
import { queryClient } from '#web/api/query-client.ts';
import type { Generation } from '../generations.ts';
import { subscribe } from './live-events.ts';
import { hasEnded, noteReply, useReplies } from './replies.ts';

/** Stops a generation wherever it is. The end itself arrives as an event. */
export function stop(generationId: string): void {
  const live = useReplies.getState().replies[generationId];
  if (!live || live.stopping || hasEnded(live.reply.state)) return;
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

type Retried = { reply: Message; generation: Generation };

/** Has a reply that ended early written anew, as another answer to the same message. Throws `ApiError`. */
export async function retry(message: Message): Promise<void> {
  const { reply, generation } = await api<Retried>(
    'POST',
    `/api/v1/generations/${message.generationId}/retry`,
  );
  noteReply(generation.id, { chatId: reply.chatId, messageId: reply.id, model: generation.model });
  const key = keys.messages(reply.chatId);
  const placed = placeMessage(queryClient.getQueryData<Pages<Message>>(key), reply);
  if (placed) queryClient.setQueryData(key, placed);
  else await refreshMessages();
}
