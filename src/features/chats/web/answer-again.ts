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

/** Another reply to what `reply` answers, perhaps by another model, or going on from its text. Throws `ApiError`. */
export async function answerAgain(
  reply: Message,
  how: Pick<NewReply, 'modelId' | 'agentId' | 'continueFrom'>,
): Promise<void> {
  await receive(
    await api<Queued>('POST', `/api/v1/messages/${reply.parentId}/replies`, { replyId: newId(), ...how }),
  );
}

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
