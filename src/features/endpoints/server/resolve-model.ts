import type { Database } from '#platform/database/database.ts';
import type { Queryable } from './queryable.ts';

/** Tokens that a server counts, for each that is estimated of Latin and of other text. */
export type TokenRatios = { latin: number; other: number };

export type ResolvedModel = {
  endpointId: string;
  endpointName: string;
  kind: string;
  modelName: string;
  /** `<endpoint name>/<model name>` */
  modelId: string;
  /** As its server tells it, else as an admin does; null: neither. */
  contextWindow: number | null;
  /** Its server tells it. */
  tellsWindow: boolean;
  /** By how much what its server counts differs from estimates; null until it has counted. */
  tokenRatios?: TokenRatios | null;
  maxQueued: number;
  /** Accepts nothing new. */
  draining: boolean;
};

/** SQL: how many tokens model `m` of endpoint `e` can read: its server's word, else an admin's; null without either. */
export const knownWindow = (m: string, e: string): string =>
  `coalesce(${m}.context_window, (${e}.windows ->> ${m}.name)::int)`;

const COLUMNS = `
  e.id AS "endpointId", e.name AS "endpointName", e.kind, m.name AS "modelName",
  e.name || '/' || m.name AS "modelId", ${knownWindow('m', 'e')} AS "contextWindow",
  m.context_window IS NOT NULL AS "tellsWindow",
  m.token_ratios AS "tokenRatios",
  e.max_queued AS "maxQueued", e.draining_at IS NOT NULL AS draining
  FROM models m JOIN endpoints e ON e.id = m.endpoint_id AND e.enabled`;

/**
 * The order in which models are offered; the first is the default: the admin's choice, else the first model of the
 * oldest real endpoint, else the scripted demo.
 */
export const MODEL_ORDER = `m.is_default DESC, (e.kind = 'scripted'), e.created_at, e.id, m.position, m.name`;

/**
 * The model with this id, or the default one when `modelId` is undefined; null when there is none. Models of an
 * endpoint that is down are found, those of a disabled one are not.
 */
export async function resolveModel(
  db: Database | Queryable,
  modelId: string | undefined,
): Promise<ResolvedModel | null> {
  const client: Queryable = '$client' in db ? db.$client : db;
  if (modelId === undefined) {
    const { rows } = await client.query<ResolvedModel>(`SELECT ${COLUMNS} ORDER BY ${MODEL_ORDER} LIMIT 1`);
    return rows[0] ?? null;
  }
  // An endpoint's name has no slash, a model's may have several.
  const slash = modelId.indexOf('/');
  if (slash < 1) return null;
  const { rows } = await client.query<ResolvedModel>({
    name: 'resolve-model',
    text: `SELECT ${COLUMNS} WHERE e.name = $1 AND m.name = $2`,
    values: [modelId.slice(0, slash), modelId.slice(slash + 1)],
  });
  return rows[0] ?? null;
}
