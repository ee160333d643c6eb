import { findGeneration, type GenerationRow, presentGeneration } from '#features/generations/server/index.ts';
import type { UserMessageSaved } from '#features/generations/stream-events.ts';
import {
  type MessageHome,
  type MessageRow,
  presentMessage,
  readMessage,
  siblingsOf,
} from '#features/messages/server/index.ts';
import type { Database } from '#platform/database/database.ts';
import type { Principal } from '#platform/principal.ts';
import { chatFor } from './access.ts';

/** What an accepted message made, as the API answers it. Where the reply stands in line is told by its stream. */
export const presentSaved = ({
  chat,
  message,
  reply,
  generation,
}: {
  chat: MessageHome;
  message: MessageRow;
  reply: MessageRow;
  generation: GenerationRow;
}): UserMessageSaved => ({
  message: presentMessage(chat, message),
  reply: presentMessage(chat, reply),
  generation: presentGeneration(generation, null),
});

/** The same, read from the database for another connection of the user; null when some of it is gone. */
export async function readSaved(
  db: Database,
  asker: Principal,
  generationId: string,
): Promise<UserMessageSaved | null> {
  const generation = await findGeneration(db.$client, asker, generationId, 'read');
  if (!generation?.chatId || !generation.userMessageId || !generation.messageId) return null;
  const place = { id: generation.messageId, parentId: generation.userMessageId };
  const [chat, message, reply, siblings] = await Promise.all([
    chatFor(db.$client, asker, generation.chatId, 'read'),
    readMessage(db.$client, generation.userMessageId),
    readMessage(db.$client, generation.messageId),
    siblingsOf(db.$client, generation.chatId, [place]),
  ]);
  if (!message || !reply) return null;
  const saved = presentSaved({ chat, message, reply, generation });
  return { ...saved, reply: { ...saved.reply, siblings: siblings.get(reply.id) } };
}
