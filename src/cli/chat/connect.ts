/** Finds a Parley to talk to: another one by its address, the one that serves this data folder, or one of our own. */
import { startParley } from '#app';
import type { Config } from '#config';
import { createApiKey, localUser } from '#features/accounts/server/index.ts';
import { readAddress } from '#platform/address-file.ts';
import { openDatabase } from '#platform/database/database.ts';
import { createLogger } from '#platform/log.ts';
import { openDatabaseServer } from '#platform/open-database-server.ts';
import type { Services } from '#platform/services.ts';
import { type ApiClient, createApiClient } from '#terminal/api-client.ts';
import { CommandError } from '#terminal/command.ts';

export type Connection = { readonly api: ApiClient; close(): Promise<void> };

/** Should the command be killed, its key ends by itself. */
const KEY_HOURS = 24;
const PROBE_MS = 2_000;

/** Connects to `server` with a key; without one to the Parley of the data folder, as its local user. */
export async function connect(config: Config, server: string | undefined): Promise<Connection> {
  if (server === undefined) return connectToDataFolder(config);
  if (!config.apiKey)
    throw new CommandError(
      'To talk to another Parley you need an API key: make one on your account page there, then --key or PARLEY_API_KEY.',
    );
  const url = server.replace(/\/+$/, '');
  if (!URL.canParse(url))
    throw new CommandError(`--server: ${server} is not an address like https://example.org`);
  return { api: createApiClient(url, config.apiKey), async close() {} };
}

async function connectToDataFolder(config: Config): Promise<Connection> {
  const log = createLogger('fatal');
  const server = await openDatabaseServer(config, log);
  const serving = await readAddress(config.dataDir);
  if (serving && (await answers(serving))) {
    const db = openDatabase(server.address, log, 2);
    const leave = () => db.$client.end().then(server.close);
    const local = await speakAsLocalUser({ db, config }, serving);
    if (local) return { api: local.api, close: () => local.revoke().finally(leave) };
    await db.$client.end();
  }
  const quiet = {
    ...config,
    host: '127.0.0.1',
    port: 0,
    baseUrl: undefined,
    basePath: '',
    logLevel: 'fatal',
  };
  const parley = await startParley({ ...quiet, roles: new Set(['web', 'worker']) }, server.address);
  const local = await speakAsLocalUser(parley.services, parley.address!);
  if (!local) throw new CommandError('Parley started but does not let its own terminal in.');
  return {
    api: local.api,
    async close() {
      await local.revoke();
      await parley.close();
      await server.close();
    },
  };
}

/** A key for as long as the command runs. Null when that address does not know it: it serves another data folder. */
async function speakAsLocalUser(
  services: Pick<Services, 'db' | 'config'>,
  url: string,
): Promise<{ api: ApiClient; revoke(): Promise<void> } | null> {
  const asker = { userId: await localUser(services), role: 'member' } as const;
  const { id, key } = await createApiKey(services, asker, {
    name: 'parley chat',
    expiresAt: new Date(Date.now() + KEY_HOURS * 3_600_000).toISOString(),
  });
  // In the database: no key can revoke one, not even itself.
  const revoke = async () => {
    await services.db.$client.query('DELETE FROM api_keys WHERE id = $1', [id]).catch(() => {});
  };
  const headers = { authorization: `Bearer ${key}` };
  const known = await fetch(`${url}/api/v1/me`, { headers, signal: AbortSignal.timeout(PROBE_MS) });
  if (!known.ok) {
    await revoke();
    return null;
  }
  return { api: createApiClient(url, key), revoke };
}

const answers = (url: string): Promise<boolean> =>
  fetch(`${url}/healthz`, { signal: AbortSignal.timeout(PROBE_MS) }).then(
    (answer) => answer.ok,
    () => false,
  );
