import type { Services } from '#platform/services.ts';
import { letTry } from './circuit.ts';
import { noteError } from './note-error.ts';
import { openProvider } from './provider-for.ts';
import { type EndpointRow, findEndpoint } from './read-endpoint.ts';
import { type ModelsRead, READ_MODELS_MS, readModels } from './read-models.ts';
import { saveModels } from './save-models.ts';
import { setHealth } from './set-health.ts';
import { wakeEndpoint } from './wake.ts';

/** Reads an endpoint's models and keeps them and its health; null when there is no such endpoint or `stop` came first. */
export async function refreshEndpoint(
  services: Services,
  endpointId: string,
  timeoutMs = READ_MODELS_MS,
  stop?: AbortSignal,
): Promise<ModelsRead | null> {
  const row = await findEndpoint(services.db.$client, endpointId);
  if (!row) return null;
  const read = await readModels(openProvider(services, row), timeoutMs, stop);
  if (stop?.aborted) return null;
  await keepReading(services, row, read);
  return read;
}

/** A list that was read replaces the stored one; one that was not leaves it, so that the models stay known. */
export async function keepReading(services: Services, row: EndpointRow, read: ModelsRead): Promise<void> {
  if (!read.ok && read.failure.loading) await letTry(services, row.id);
  if (!read.ok) {
    await noteError(services.db.$client, row.id, read.failure, null);
    return setHealth(services, row.id, read.failure.loading ? 'loading' : 'down', read.failure.sentence);
  }
  await saveModels(services.db.$client, row.id, read.models);
  await letTry(services, row.id);
  // Servers list a model that they are still loading; only its first token says that it is there.
  if (row.health === 'loading' && (await isLoading(services, row.id))) return;
  await setHealth(services, row.id, 'up', null);
  // What waited for it may start at once.
  if (row.health !== 'up') await wakeEndpoint(services, row.id);
}

/** True while a generation that runs there waits for its model to be loaded. */
async function isLoading({ db }: Services, endpointId: string): Promise<boolean> {
  const { rows } = await db.$client.query<{ loading: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM generations WHERE endpoint_id = $1 AND state = 'running' AND stage = 'loading_model') AS loading`,
    [endpointId],
  );
  return rows[0]!.loading;
}
