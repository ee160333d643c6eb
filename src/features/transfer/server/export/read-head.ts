import type { Visibility } from '#features/projects/projects.ts';
import type { ModelSettings } from '#features/settings/settings.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { RecordOrigin } from '../../record.ts';
import type { Original } from '../originals.ts';

/** All of a chat but its messages, as it lies in the tables. */
export type HeadRow = {
  id: string;
  userId: string;
  title: string;
  description: string;
  tags: string[];
  metadata: Record<string, unknown>;
  archived: boolean;
  pinned: boolean;
  createdAt: Date;
  updatedAt: Date;
  leafMessageId: string | null;
  visibility: Visibility;
  settings: ModelSettings;
  originalId: string | null;
  origin: RecordOrigin | null;
  project: string | null;
  agent: { id: string; name: string } | null;
  instructions: string | null;
  /** Over what its first reply was asked for. */
  client: string | null;
  /** What came in with it and has no place of its own; null for a chat that was not imported. */
  original: Original | null;
};

/** The chat; null for one that is gone meanwhile or in no export. Who may read it was decided by the caller. */
export async function readHead(tx: Queryable, chatId: string): Promise<HeadRow | null> {
  const { rows } = await tx.query<HeadRow>({ name: 'export-head', text: HEAD, values: [chatId] });
  return rows[0] ?? null;
}

const HEAD = `
  SELECT c.id, c.user_id AS "userId", c.title, c.description, c.tags, c.metadata, c.archived, c.pinned,
    c.created_at AS "createdAt", c.updated_at AS "updatedAt", c.leaf_message_id AS "leafMessageId", c.visibility, c.settings,
    c.original_id AS "originalId", c.origin, o.record AS original,
    (SELECT p.name FROM projects p WHERE p.id = c.project_id) AS project,
    (SELECT jsonb_build_object('id', a.id, 'name', v.name) FROM agents a
     JOIN agent_versions v ON v.agent_id = a.id AND v.version = a.version WHERE a.id = c.agent_id) AS agent,
    (SELECT v.content FROM context_versions v WHERE v.kind = 'chat' AND v.owner_id = c.id
     ORDER BY v.version DESC LIMIT 1) AS instructions,
    (SELECT g.client FROM generations g WHERE g.chat_id = c.id ORDER BY g.ordinal LIMIT 1) AS client
  FROM chats c LEFT JOIN originals o ON o.chat_id = c.id AND o.message_id IS NULL
  WHERE c.id = $1 AND c.deleted_at IS NULL AND NOT c.temporary`;
