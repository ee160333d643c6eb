import type { Database } from '#platform/database/database.ts';
import type { Queryable } from './queryable.ts';

export type ResolvedModel = {
  endpointId: string;
  endpointName: string;
  kind: string;
  modelName: string;
  /** `<endpoint name>/<model name>` */
  modelId: string;
  contextWindow: number | null;
  maxQueued: number;
  /** Accepts nothing new. */
  draining: boolean;
};

const COLUMNS = `
  e.id AS "endpointId", e.name AS "endpointName", e.kind, m.name AS "modelName",
  e.name || '/' || m.name AS "modelId", m.context_window AS "contextWindow",
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
