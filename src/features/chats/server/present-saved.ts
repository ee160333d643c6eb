import { findGeneration, type GenerationRow, presentGeneration } from '#features/generations/server/index.ts';
import type { UserMessageSaved } from '#features/generations/stream-events.ts';
import {
  type MessageHome,
  type MessageRow,
  presentBranch,
  presentMessage,
  readMessage,
} from '#features/messages/server/index.ts';
import type { Database, Queryable } from '#platform/database/database.ts';
import type { Principal } from '#platform/principal.ts';
import { chatFor } from './access.ts';
import type { QueuedSeveral } from './queue-several.ts';

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

/**
 * The same for each reply of a message. Where it has several, each says which others it is compared with; a lone one is answered
 * without a look at its place, which nobody should wait for.
 */
export async function presentEachSaved(
  db: Queryable,
  asker: Principal,
  { chat, message, replies }: QueuedSeveral,
): Promise<UserMessageSaved[]> {
  const saved = replies.map((made) => presentSaved({ chat, message, ...made }));
  if (replies.length < 2) return saved;
  const shown = await presentBranch(
    db,
    asker,
    chat,
    replies.map(({ reply }) => reply),
  );
  return saved.map((one, place) => ({ ...one, reply: shown[place]! }));
}

/** One read from the database for another connection of the user; null when some of it is gone. */
export async function readSaved(
  db: Database,
  asker: Principal,
  generationId: string,
): Promise<UserMessageSaved | null> {
  const generation = await findGeneration(db.$client, asker, generationId, 'read');
  if (!generation?.chatId || !generation.userMessageId || !generation.messageId) return null;
  const [chat, message, reply] = await Promise.all([
    chatFor(db.$client, asker, generation.chatId, 'read'),
    readMessage(db.$client, generation.userMessageId),
    readMessage(db.$client, generation.messageId),
  ]);
  if (!message || !reply) return null;
  const [shown] = await presentBranch(db.$client, asker, chat, [reply]);
  return { ...presentSaved({ chat, message, reply, generation }), reply: shown! };
}
