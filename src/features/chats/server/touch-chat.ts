import type { Queryable } from '#platform/database/database.ts';
import { camelRow } from '#platform/database/rows.ts';
import type { ChatRow } from './present-chat.ts';
import { TITLING } from './titles/titling.ts';

/** What a new message changes about its chat: the shown branch, the model last asked, a first title of its own words. */
export type ChatTouch = { leafMessageId?: string; modelId?: string; title?: string };

/** Moves a chat to the top of its list and returns it. Who may do so was decided by the caller's `chatFor`. */
export async function touchChat(tx: Queryable, chatId: string, change: ChatTouch = {}): Promise<ChatRow> {
  const { rows } = await tx.query({
    name: 'touch-chat',
    // A clock that was set back must not move an active chat down.
    text: `UPDATE chats SET leaf_message_id = coalesce($2, leaf_message_id), model_id = coalesce($3, model_id),
             title = coalesce($4, title), titling = CASE WHEN $4::text IS NULL THEN titling ELSE ${TITLING} END, active_at = greatest(active_at, now()),
             updated_at = greatest(updated_at, now())
           WHERE id = $1 RETURNING *`,
    values: [chatId, change.leafMessageId, change.modelId, change.title],
  });
  return camelRow(rows[0]!);
}
