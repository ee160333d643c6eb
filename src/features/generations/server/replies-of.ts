import type { Queryable } from '#platform/database/database.ts';
import { camelRow } from '#platform/database/rows.ts';
import type { GenerationRow } from './present-generation.ts';

/** The generations that answer a message, oldest first, whoever's they are: authorise before. */
export async function repliesOf(db: Queryable, userMessageId: string): Promise<GenerationRow[]> {
  const { rows } = await db.query({
    name: 'replies-of',
    text: 'SELECT * FROM generations WHERE user_message_id = $1 ORDER BY ordinal',
    values: [userMessageId],
  });
  return rows.map(camelRow<GenerationRow>);
}

/** The generation that writes, or wrote, a reply; null for a message that none wrote. */
export async function findGenerationOf(db: Queryable, replyId: string): Promise<GenerationRow | null> {
  const { rows } = await db.query({
    name: 'generation-of',
    text: 'SELECT * FROM generations WHERE message_id = $1',
    values: [replyId],
  });
  return rows[0] ? camelRow(rows[0]) : null;
}
