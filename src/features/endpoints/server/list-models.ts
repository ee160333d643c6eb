import type { Database } from '#platform/database/database.ts';
import type { Principal } from '#platform/principal.ts';
import type { Detail } from '#platform/sentences.ts';
import { PARAMETER_HABITS, type ProviderKind } from '#providers/words.ts';
import type { Health, Model } from '../endpoints.ts';
import { presentHealth } from './present-endpoint.ts';
import { knownWindow, MODEL_ORDER } from './resolve-model.ts';

type Row = {
  id: string;
  name: string;
  endpoint: string;
  kind: ProviderKind;
  contextWindow: number | null;
  health: Health['status'];
  healthSince: Date | null;
  healthProblem: Detail | null;
};

/** Every model that may be asked for, the default first; those of an endpoint that is down stay in the list. */
export async function listModels(db: Database): Promise<Model[]> {
  const { rows } = await db.$client.query<Row>(
    `SELECT e.name || '/' || m.name AS id, m.name, e.name AS endpoint, e.kind, ${knownWindow('m', 'e')} AS "contextWindow",
            e.health, e.health_since AS "healthSince", e.health_problem AS "healthProblem"
       FROM models m JOIN endpoints e ON e.id = m.endpoint_id AND e.enabled
      ORDER BY ${MODEL_ORDER}`,
  );
  return rows.map((row, index) => ({
    id: row.id,
    name: row.name,
    endpoint: row.endpoint,
    health: presentHealth(row),
    contextWindow: row.contextWindow,
    isDefault: index === 0,
    scripted: row.kind === 'scripted',
    ...PARAMETER_HABITS[row.kind],
  }));
}

/**
 * The models somebody is offered. The scripted models leave the list once there is a real one, except for admins; one that an admin
 * made the default stays.
 */
export async function offerModels(db: Database, { role }: Principal): Promise<Model[]> {
  const models = await listModels(db);
  if (role === 'admin' || models.every((model) => model.scripted)) return models;
  return models.filter((model) => !model.scripted || model.isDefault);
}
