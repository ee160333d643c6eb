/** Having a message answered once more: the earlier reply stays as a sibling, the new one is shown. */
import { v7 as newId } from 'uuid';
import type { Generation } from '#features/generations/generations.ts';
import { noteReply } from '#features/generations/web/index.ts';
import type { Message } from '#features/messages/messages.ts';
import { api } from '#web/api/http.ts';
import { queryClient } from '#web/api/query-client.ts';
import type { NewReply } from '../chats.ts';
import { keys, refreshMessages } from './chat-cache.ts';
import { type Pages, placeSent } from './list-pages.ts';

type Queued = { reply: Message; generation: Generation };

/** By whom, where it is not who answers in the chat; and what it goes on from. */
export type HowAnswered = Pick<NewReply, 'modelId' | 'agentId' | 'continueFrom'>;

/** A reply to a message of somebody's. Throws `ApiError`. */
export async function answer({ id }: { id: string | null }, how: HowAnswered): Promise<void> {
  await receive(await api<Queued>('POST', `/api/v1/messages/${id}/replies`, { replyId: newId(), ...how }));
}

/** Another reply to what `reply` answers. Throws `ApiError`. */
export const answerAgain = (reply: Message, how: HowAnswered): Promise<void> =>
  answer({ id: reply.parentId }, how);

/** The same model once more, for a reply that did not complete. Throws `ApiError`. */
export async function retry(reply: Message): Promise<void> {
  await receive(await api<Queued>('POST', `/api/v1/generations/${reply.generationId}/retry`));
}

async function receive({ reply, generation }: Queued): Promise<void> {
  noteReply(generation.id, { chatId: reply.chatId, messageId: reply.id, model: generation.model });
  const key = keys.messages(reply.chatId);
  const placed = placeSent(queryClient.getQueryData<Pages<Message>>(key), reply);
  if (placed) queryClient.setQueryData(key, placed);
  else await refreshMessages();
}
