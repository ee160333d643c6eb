import { and, eq } from 'drizzle-orm';
import { presentGeneration } from '#features/generations/server/present-generation.ts';
import { generations } from '#features/generations/server/tables.ts';
import type { UserMessageSaved } from '#features/generations/stream-events.ts';
import type { Database } from '#platform/database/database.ts';
import { presentMessage } from './index.ts';
import type { Sent } from './send-message.ts';
import { messages } from './tables.ts';

/** What an accepted message made, as the API answers it. Where the reply stands in line is told by its stream. */
export const presentSaved = ({
  message,
  reply,
  generation,
}: Pick<Sent, 'message' | 'reply' | 'generation'>): UserMessageSaved => ({
  message: presentMessage(message),
  reply: presentMessage(reply),
  generation: presentGeneration(generation, null),
});

/** The same, read from the database for another connection of the user; null when some of it is gone. */
export async function readSaved(
  db: Database,
  userId: string,
  generationId: string,
): Promise<UserMessageSaved | null> {
  const [generation] = await db
    .select()
    .from(generations)
    .where(and(eq(generations.id, generationId), eq(generations.userId, userId)));
  if (!generation?.userMessageId || !generation.messageId) return null;
  const [[message], [reply]] = await Promise.all([
    db.select().from(messages).where(eq(messages.id, generation.userMessageId)),
    db.select().from(messages).where(eq(messages.id, generation.messageId)),
  ]);
  return message && reply ? presentSaved({ message, reply, generation }) : null;
}
