/** Reading the layers of a system text, for a model or for whoever asks what it was told. */
import type { Queryable } from '#platform/database/database.ts';
import { type LayerTexts, NO_LAYERS } from '../rules.ts';
import { BUILT_IN_TEXT, PRIMARY } from './owners.ts';

/** Whose instructions hold for a reply: those of the instance, of who asks, of the chat and of its project. */
export type LayerOwners = { userId: string; chatId: string };

/** SQL for `owners(kind, owner_id)`, of the user `$1` and the chat `$2`. */
const OWNERS = `owners (kind, owner_id) AS (
  VALUES ('primary', '${PRIMARY.ownerId}'::uuid), ('personal', $1::uuid), ('chat', $2::uuid),
    ('project', (SELECT project_id FROM chats WHERE id = $2)))`;

type Row = { kind: 'primary' | 'personal' | 'project' | 'chat'; version: number; text: string };

const BUILT_IN: LayerTexts = { ...NO_LAYERS, primary: { version: 0, text: BUILT_IN_TEXT } };
const toLayers = (rows: readonly Row[], start: LayerTexts): LayerTexts => ({
  ...start,
  ...Object.fromEntries(rows.map(({ kind, version, text }) => [kind, { version, text }])),
});

/** The layers in force. One statement, which every reply waits for: one look into the primary key for each layer. */
export async function readLayers(db: Queryable, { userId, chatId }: LayerOwners): Promise<LayerTexts> {
  const { rows } = await db.query<Row>({
    name: 'read-layers',
    text: `WITH ${OWNERS}
           SELECT o.kind, v.version, v.content AS text FROM owners o CROSS JOIN LATERAL (
             SELECT version, content FROM context_versions c
             WHERE c.kind = o.kind AND c.owner_id = o.owner_id ORDER BY version DESC LIMIT 1) v`,
    values: [userId, chatId],
  });
  return toLayers(rows, BUILT_IN);
}

/** The layers as they were: the versions that are named, as far as they are kept. An agent's are not here. */
export async function readLayersOf(
  db: Queryable,
  { userId, chatId }: LayerOwners,
  versions: Readonly<Record<'primary' | 'personal' | 'project' | 'chat', number | null>>,
): Promise<LayerTexts> {
  const { primary, personal, project, chat } = versions;
  const { rows } = await db.query<Row>({
    name: 'read-layers-of',
    text: `WITH ${OWNERS}
           SELECT c.kind, c.version, c.content AS text FROM owners o
           JOIN context_versions c ON c.kind = o.kind AND c.owner_id = o.owner_id
             AND c.version = CASE o.kind WHEN 'primary' THEN $3 WHEN 'personal' THEN $4
               WHEN 'project' THEN $5 ELSE $6 END::int`,
    values: [userId, chatId, primary, personal, project, chat],
  });
  return toLayers(rows, primary === 0 ? BUILT_IN : NO_LAYERS);
}

/** How many bytes the layers in force have. Reads none of them, however long they are. */
export async function bytesOfLayers(db: Queryable, { userId, chatId }: LayerOwners): Promise<number> {
  const { rows } = await db.query<{ bytes: number | null }>({
    name: 'bytes-of-layers',
    text: `WITH ${OWNERS}
           SELECT sum(v.bytes)::int AS bytes FROM owners o CROSS JOIN LATERAL (
             SELECT octet_length(content) AS bytes FROM context_versions c
             WHERE c.kind = o.kind AND c.owner_id = o.owner_id ORDER BY version DESC LIMIT 1) v`,
    values: [userId, chatId],
  });
  return (rows[0]?.bytes ?? 0) + BUILT_IN_TEXT.length;
}
