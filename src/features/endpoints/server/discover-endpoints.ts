import { inTransaction, type Tx } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import type { Services } from '#platform/services.ts';
import { createProvider } from '#providers/create-provider.ts';
import type { ListedModel } from '#providers/provider.ts';
import type { EndpointKind } from '../endpoints.ts';
import { tellEndpointChanged } from './endpoint-changed.ts';
import { DEFAULT_SLOTS } from './endpoint-defaults.ts';
import { type EnvironmentEndpoint, environmentEndpoints } from './environment-endpoints.ts';
import { findLocalServers, type LocalServer, USUAL_PLACES } from './local-servers.ts';
import { refreshEndpoint } from './refresh-endpoint.ts';
import { saveModels } from './save-models.ts';
import { openKey, sealKey } from './seal-key.ts';
import type { endpoints } from './tables.ts';

/** How long a start waits for the models of endpoints just made from the environment; after it they come in later. */
const FIRST_MODELS_MS = 1_000;

/**
 * At start: makes an endpoint of each key in the environment that has none yet, and, once in the life of an
 * instance, of each local model server that answers, and of the scripted model. Safe when two processes start together.
 */
export async function discoverEndpoints(services: Services, places = USUAL_PLACES): Promise<void> {
  const { config, db, log } = services;
  const { rows } = await db.$client.query<{ known: boolean }>(
    'SELECT endpoints_discovered_at IS NOT NULL AS known FROM instance',
  );
  // Looked for outside the transaction, so that the lock is held for milliseconds.
  const local = rows[0]?.known || !config.discoverLocal ? [] : await findLocalServers(places);
  const made = await inTransaction(db, async (client) => {
    const { rows } = await client.query<{ known: boolean }>(
      'SELECT endpoints_discovered_at IS NOT NULL AS known FROM instance FOR UPDATE',
    );
    const fromEnvironment = await addFromEnvironment(services, client);
    if (rows[0]?.known) return fromEnvironment;
    await addLocal(services, client, local);
    await addScripted(services, client);
    await client.query('UPDATE instance SET endpoints_discovered_at = now()');
    return fromEnvironment;
  });
  // Whatever listens on a usual port is believed to be a model server and is sent what people write: an admin must see whom.
  for (const { name, baseUrl, models } of local)
    log.info(
      { endpoint: name, address: baseUrl, models: models.length },
      'found a model server on this machine and trusts it with what people write; DISCOVER_LOCAL=off looks for none',
    );
  await Promise.all(made.map((id) => refreshEndpoint(services, id, FIRST_MODELS_MS)));
  for (const id of made) tellEndpointChanged(services, id);
}

type NewRow = {
  name: string;
  kind: EndpointKind;
  baseUrl: string | null;
  apiKey?: string | null;
  source: (typeof endpoints.$inferSelect)['source'];
};

/** Inserts a row; null when an endpoint of that name is there already. */
async function add(
  services: Services,
  client: Tx,
  row: NewRow,
  models: ListedModel[] | null,
): Promise<string | null> {
  const id = newId();
  const { rowCount } = await client.query(
    `INSERT INTO endpoints (id, name, kind, base_url, api_key_encrypted, slots, source, health, health_since, checked_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now(), now()) ON CONFLICT (name) DO NOTHING`,
    [
      id,
      row.name,
      row.kind,
      row.baseUrl,
      row.apiKey ? sealKey(services, id, row.apiKey) : null,
      DEFAULT_SLOTS[row.kind],
      row.source,
      models ? 'up' : 'unknown',
    ],
  );
  if (!rowCount) return null;
  if (models) await saveModels(client, id, models);
  return id;
}

/** The ids of those made now. A key that was changed in the environment replaces the one kept from there. */
async function addFromEnvironment(services: Services, client: Tx): Promise<string[]> {
  const made: string[] = [];
  for (const given of environmentEndpoints(services.config.providers)) {
    const { rows } = await client.query<KeptRow>(
      `SELECT id, kind, base_url AS "baseUrl", api_key_encrypted AS "sealedKey" FROM endpoints
        WHERE source = 'environment' AND (kind = 'anthropic') = $1`,
      [given.kind === 'anthropic'],
    );
    if (rows[0]) {
      if (isSame(services, rows[0], given)) continue;
      const sealedKey = given.apiKey === null ? null : sealKey(services, rows[0].id, given.apiKey);
      await client.query(
        'UPDATE endpoints SET kind = $2, base_url = $3, api_key_encrypted = $4, updated_at = now() WHERE id = $1',
        [rows[0].id, given.kind, given.baseUrl, sealedKey],
      );
      made.push(rows[0].id);
      continue;
    }
    const id = await add(services, client, { ...given, source: 'environment' }, null);
    if (id) made.push(id);
  }
  return made;
}

type KeptRow = { id: string; kind: string; baseUrl: string; sealedKey: string | null };

function isSame(services: Services, kept: KeptRow, given: EnvironmentEndpoint): boolean {
  if (kept.kind !== given.kind || kept.baseUrl !== given.baseUrl) return false;
  try {
    return openKey(services, kept.id, kept.sealedKey) === given.apiKey;
  } catch {
    return false;
  }
}

async function addLocal(services: Services, client: Tx, servers: LocalServer[]): Promise<void> {
  const { rows } = await client.query<{ baseUrl: string }>(
    'SELECT base_url AS "baseUrl" FROM endpoints WHERE base_url IS NOT NULL',
  );
  const known = new Set(rows.map((row) => row.baseUrl.replace('://localhost:', '://127.0.0.1:')));
  for (const { name, baseUrl, models } of servers)
    if (!known.has(baseUrl))
      await add(services, client, { name, kind: 'openai-compatible', baseUrl, source: 'discovered' }, models);
}

/** The built-in model makes the page usable when there is nothing else. */
async function addScripted(services: Services, client: Tx): Promise<void> {
  const read = await createProvider('scripted', { baseUrl: null, apiKey: null }).listModels(
    AbortSignal.timeout(1_000),
  );
  const models = read.ok ? read.models : [];
  await add(
    services,
    client,
    { name: 'scripted', kind: 'scripted', baseUrl: null, source: 'built-in' },
    models,
  );
}
