import type { Queryable } from '#platform/database/database.ts';
import { camelRow } from '#platform/database/rows.ts';
import type { Part, Role, Source } from '../messages.ts';
import type { MessageRow } from './present-message.ts';

export type AddedMessage = {
  id: string;
  chatId: string;
  parentId: string | null;
  role: Role;
  content?: Part[];
  generationId?: string;
  /** The agent that is to write it. */
  agentId?: string | null;
  /** Whoever writes or asks in somebody else's chat; null: whose chat it is. */
  authorId?: string | null;
  /** What wrote it, where its role does not say so. */
  source?: Source;
  editedFrom?: string;
};

/**
 * Inserts messages in this order and returns those whose id was free. Their parents show them from now on, as the newest below
 * them. Prepared, because every send waits for it.
 */
export async function addMessages(db: Queryable, added: readonly AddedMessage[]): Promise<MessageRow[]> {
  const { rows } = await db.query<Record<string, unknown>>({
    name: 'add-messages',
    text: `WITH added AS (
             SELECT * FROM jsonb_to_recordset($1) AS added("id" uuid, "chatId" uuid, "parentId" uuid, "role" text,
               "content" jsonb, "generationId" uuid, "agentId" uuid, "authorId" uuid, "source" text, "editedFrom" uuid)
           ), shown AS (
             UPDATE messages SET chosen_child_id = NULL
             WHERE id IN (SELECT "parentId" FROM added) AND chosen_child_id IS NOT NULL
           )
           INSERT INTO messages (id, chat_id, parent_id, role, content, generation_id, agent_id, author_id, source,
             edited_from)
           SELECT "id", "chatId", "parentId", "role", coalesce("content", '[]'), "generationId", "agentId", "authorId", "source",
             "editedFrom"
           FROM added ON CONFLICT DO NOTHING RETURNING *`,
    values: [JSON.stringify(added)],
  });
  return rows.map(camelRow<MessageRow>);
}
