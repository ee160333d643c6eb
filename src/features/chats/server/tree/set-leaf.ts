import type { Queryable } from '#platform/database/database.ts';
import { camelRow } from '#platform/database/rows.ts';
import type { ChatRow } from '../present-chat.ts';

/** Shows the branch that ends in `leafId`; null: nothing. The chat, locked by the caller, keeps its place in the list. */
export async function setLeaf(tx: Queryable, chat: ChatRow, leafId: string | null): Promise<ChatRow> {
  if (chat.leafMessageId === leafId) return chat;
  const { rows } = await tx.query({
    name: 'set-leaf',
    text: `UPDATE chats SET leaf_message_id = $2, updated_at = greatest(updated_at, now()) WHERE id = $1 RETURNING *`,
    values: [chat.id, leafId],
  });
  return camelRow(rows[0]!);
}
