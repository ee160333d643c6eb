import type { Queryable } from '#platform/database/database.ts';
import { invalidInput } from '#platform/errors.ts';
import { PARAMETER_HABITS, type ProviderKind } from '#providers/words.ts';
import type { ModelSettings } from '../settings.ts';
import { say } from './say.ts';

/**
 * Refuses, with 400, a model that is not known and parameters that it would not take. What its server merely ignores may be set.
 * `field` is where the settings stand in what was sent: `settings`, or nothing when they are its own fields.
 */
export async function assertSettings(
  db: Queryable,
  { modelId, parameters }: Pick<ModelSettings, 'modelId' | 'parameters'>,
  field = '',
): Promise<void> {
  if (modelId === undefined) return;
  const at = (name: string) => (field === '' ? name : `${field}.${name}`);
  const kind = await kindOf(db, modelId);
  if (!kind) throw invalidInput(at('modelId'), say('unknown_model', { model: modelId.slice(0, 200) }));
  const max = PARAMETER_HABITS[kind].temperatureMax;
  if ((parameters?.temperature ?? 0) > max)
    throw invalidInput(at('parameters.temperature'), say('temperature_too_high', { model: modelId, max }));
}

/** How the model's endpoint is spoken to; undefined when there is no such model. */
async function kindOf(db: Queryable, modelId: string): Promise<ProviderKind | undefined> {
  const { rows } = await db.query<{ kind: ProviderKind }>({
    name: 'kind-of-model',
    text: `SELECT e.kind FROM models m JOIN endpoints e ON e.id = m.endpoint_id AND e.enabled
           WHERE e.name = split_part($1, '/', 1) AND m.name = substr($1, strpos($1, '/') + 1)`,
    values: [modelId],
  });
  return rows[0]?.kind;
}
