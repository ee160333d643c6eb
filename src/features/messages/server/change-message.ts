import type { Queryable } from '#platform/database/database.ts';
import type { MessagePatch } from '../messages.ts';

/** Changes what is named of a message, whoever's it is: authorise before. */
export async function changeMessage(
  db: Queryable,
  messageId: string,
  { excluded, metadata }: MessagePatch,
): Promise<void> {
  await db.query({
    name: 'change-message',
    text: `UPDATE messages SET excluded = coalesce($2, excluded), metadata = coalesce($3::jsonb, metadata) WHERE id = $1`,
    values: [messageId, excluded, metadata && JSON.stringify(metadata)],
  });
}
