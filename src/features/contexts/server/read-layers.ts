/** Reading the layers of a system text, for a model or for whoever asks what it was told. */
import type { Queryable } from '#platform/database/database.ts';
import { type Layer, type LayerTexts, NO_LAYERS } from '../rules.ts';
import { BUILT_IN_TEXT, PRIMARY } from './owners.ts';

/** An agent in one of its versions, which hold its instructions. */
export type AgentVersionRef = { id: string; version: number };
/**
 * Whose instructions hold for a reply: those of the instance, of who asks, of the chat (null: it is not made yet), of the project it is
 * in and of the agent that answers.
 */
export type LayerOwners = {
  userId: string;
  chatId: string | null;
  projectId: string | null;
  agent: AgentVersionRef | null;
};

/** SQL for `owners(kind, owner_id)`, of the user `$1`, the chat `$2` and the project `$5`. */
const OWNERS = `owners (kind, owner_id) AS (
  VALUES ('primary', '${PRIMARY.ownerId}'::uuid), ('personal', $1::uuid), ('chat', $2::uuid), ('project', $5::uuid))`;
const valuesOf = ({ userId, chatId, projectId, agent }: LayerOwners): unknown[] => [
  userId,
  chatId,
  agent?.id,
  agent?.version,
  projectId,
];

/** SQL: the row of agent `$3` in version `$4`. */
const OF_AGENT = `SELECT 'agent', version, instructions FROM agent_versions WHERE agent_id = $3 AND version = $4`;

type Row = { kind: Layer; version: number; text: string };

const BUILT_IN: LayerTexts = { ...NO_LAYERS, primary: { version: 0, text: BUILT_IN_TEXT } };
const toLayers = (rows: readonly Row[], start: LayerTexts): LayerTexts => ({
  ...start,
  ...Object.fromEntries(rows.map(({ kind, version, text }) => [kind, { version, text }])),
});

/** The layers in force. One statement, which every reply waits for: one look into the primary key for each layer. */
export async function readLayers(db: Queryable, owners: LayerOwners): Promise<LayerTexts> {
  const { rows } = await db.query<Row>({
    name: 'read-layers',
    text: `WITH ${OWNERS}
           SELECT o.kind, v.version, v.content AS text FROM owners o CROSS JOIN LATERAL (
             SELECT version, content FROM context_versions c
             WHERE c.kind = o.kind AND c.owner_id = o.owner_id ORDER BY version DESC LIMIT 1) v
           UNION ALL ${OF_AGENT}`,
    values: valuesOf(owners),
  });
  return toLayers(rows, BUILT_IN);
}

/** The layers as they were: the versions that are named, as far as they are kept. */
export async function readLayersOf(
  db: Queryable,
  owners: LayerOwners,
  versions: Readonly<Record<'primary' | 'personal' | 'project' | 'chat', number | null>>,
): Promise<LayerTexts> {
  const { primary, personal, project, chat } = versions;
  const { rows } = await db.query<Row>({
    name: 'read-layers-of',
    text: `WITH ${OWNERS}
           SELECT c.kind, c.version, c.content AS text FROM owners o
           JOIN context_versions c ON c.kind = o.kind AND c.owner_id = o.owner_id
             AND c.version = CASE o.kind WHEN 'primary' THEN $6 WHEN 'personal' THEN $7
               WHEN 'project' THEN $8 ELSE $9 END::int
           UNION ALL ${OF_AGENT}`,
    values: [...valuesOf(owners), primary, personal, project, chat],
  });
  return toLayers(rows, primary === 0 ? BUILT_IN : NO_LAYERS);
}

/** How many bytes the layers in force have. Reads none of them, however long they are. */
export async function bytesOfLayers(db: Queryable, owners: LayerOwners): Promise<number> {
  const { rows } = await db.query<{ bytes: number | null }>({
    name: 'bytes-of-layers',
    text: `WITH ${OWNERS}
           SELECT sum(bytes)::int AS bytes FROM (
             SELECT v.bytes FROM owners o CROSS JOIN LATERAL (
               SELECT octet_length(content) AS bytes FROM context_versions c
               WHERE c.kind = o.kind AND c.owner_id = o.owner_id ORDER BY version DESC LIMIT 1) v
             UNION ALL
             SELECT octet_length(instructions) FROM agent_versions WHERE agent_id = $3 AND version = $4) layers`,
    values: valuesOf(owners),
  });
  return (rows[0]?.bytes ?? 0) + BUILT_IN_TEXT.length;
}
