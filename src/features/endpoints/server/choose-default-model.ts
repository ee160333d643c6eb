import { recordAct } from '#features/audit/server/index.ts';
import { type Database, inTransaction } from '#platform/database/database.ts';
import { invalidInput } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import { resolveModel } from './resolve-model.ts';
import { say } from './say.ts';

/** Makes a model the default for everybody; null leaves the choice to Parley. An unknown one is `invalid_input`. */
export async function chooseDefaultModel(
  db: Database,
  asker: Principal,
  modelId: string | null,
): Promise<void> {
  await inTransaction(db, async (client) => {
    const model = modelId === null ? null : await resolveModel(client, modelId);
    if (modelId !== null && !model)
      throw invalidInput('modelId', say('no_default_model', { model: modelId }));
    // Two admins at once: the second waits here, and then sees and clears the first one's choice.
    await client.query('SELECT FROM instance FOR UPDATE');
    await client.query('UPDATE models SET is_default = false WHERE is_default');
    if (model)
      await client.query('UPDATE models SET is_default = true WHERE endpoint_id = $1 AND name = $2', [
        model.endpointId,
        model.modelName,
      ]);
    await recordAct(client, asker, 'default_model.choose', { kind: 'model', id: modelId, name: modelId });
  });
}

/** The model that was made the default and can be asked for; null: Parley chooses. */
export async function chosenModel(db: Database): Promise<string | null> {
  const { rows } = await db.$client.query<{ id: string }>(
    `SELECT e.name || '/' || m.name AS id FROM models m JOIN endpoints e ON e.id = m.endpoint_id AND e.enabled
      WHERE m.is_default`,
  );
  return rows[0]?.id ?? null;
}
