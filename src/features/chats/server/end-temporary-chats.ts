import { cancelGenerationsOfChat } from '#features/generations/server/index.ts';
import { camelRow } from '#platform/database/rows.ts';
import type { Services } from '#platform/services.ts';
import type { ChatRow } from './present-chat.ts';
import { publishDeletedChat } from './publish-chat.ts';
import { purgeDeletedChat } from './purge-deleted-chats.ts';

/** SQL: how long a temporary chat is there after something was last said in it. */
const TEMPORARY_TIME = `interval '24 hours'`;
/** Looked at in one go; the next comes a minute later. */
const BATCH = 500;

/**
 * Takes temporary chats away in which nothing was said for a day, and removes them for good, with those that were deleted while
 * something in them could not be stopped.
 */
export async function endTemporaryChats(services: Services): Promise<void> {
  const { $client } = services.db;
  const { rows: over } = await $client.query(
    `UPDATE chats SET deleted_at = now() WHERE id IN (
       SELECT id FROM chats WHERE temporary AND deleted_at IS NULL AND active_at <= now() - ${TEMPORARY_TIME}
       ORDER BY active_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
     RETURNING *`,
  );
  for (const row of over) publishDeletedChat(services, camelRow<ChatRow>(row));
  const { rows: deleted } = await $client.query<{ id: string; userId: string }>(
    `SELECT id, user_id AS "userId" FROM chats WHERE temporary AND deleted_at IS NOT NULL LIMIT ${BATCH}`,
  );
  for (const chat of deleted) {
    await cancelGenerationsOfChat(services, chat.id);
    await purgeDeletedChat(services, chat);
  }
}
