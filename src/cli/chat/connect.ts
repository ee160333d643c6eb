/** Finds a Parley to talk to: another one by its address, the one that serves this data folder, or one of our own. */
import { startParley } from '#app';
import type { Config } from '#config';
import { type LocalKey, openLocalKey } from '#features/accounts/server/index.ts';
import { isUnavailable, openDatabase } from '#platform/database/database.ts';
import { createLogger } from '#platform/log.ts';
import { type DatabaseServer, openDatabaseServer } from '#platform/open-database-server.ts';
import { type ApiClient, createApiClient, NobodyThere } from '#terminal/api-client.ts';
import { CommandError } from '#terminal/command.ts';
import type { Speech } from '../speech.ts';
import { findServing } from './find-serving.ts';

export type Connection = { readonly api: ApiClient; close(): Promise<void> };

const PROBE_MS = 2_000;

/** Connects to `server` with a key; without one to the Parley of the data folder, as its local user. */
export async function connect(
  config: Config,
  server: string | undefined,
  speech: Speech,
): Promise<Connection> {
  if (server === undefined) return connectToDataFolder(config, speech);
  const { apiKey: key } = config;
  if (!key) throw new CommandError(speech.words('chat_key_needed'));
  const url = server.replace(/\/+$/, '');
  if (!URL.canParse(url)) throw new CommandError(speech.words('chat_not_address', { server }));
  return { api: createApiClient(url, async () => ({ url, key }), speech), async close() {} };
}

async function connectToDataFolder(config: Config, speech: Speech): Promise<Connection> {
  const server = await openDatabaseServer(config, createLogger('fatal'));
  return (await connectToServing(config, server, speech)) ?? (await startOwn(config, server, speech));
}

/** The Parley that serves the data folder; null when there is none, or one that works on another database. */
async function connectToServing(
  config: Config,
  server: DatabaseServer,
  speech: Speech,
): Promise<Connection | null> {
  const serving = await findServing(config.dataDir);
  if (!serving) return null;
  const db = openDatabase(server.address, createLogger('fatal'), 1);
  const key = openLocalKey({ db, config });
  const leave = async () => {
    await key.revoke().catch(() => {});
    await db.$client.end();
  };
  if (!(await isKnown(serving, key))) {
    await leave();
    return null;
  }
  // Before every call: it may have ended since, and another program may listen there; it may also have come back elsewhere.
  const reach = async () => {
    const url = await findServing(config.dataDir);
    if (!url) throw new NobodyThere();
    return { url, key: await key.read().catch(unlessAway) };
  };
  const api = createApiClient(serving, reach, speech);
  return { api, close: () => leave().finally(server.close) };
}

/** A Parley for as long as the command runs. Its port is its own while it lives, so it has nothing to prove. */
async function startOwn(config: Config, server: DatabaseServer, speech: Speech): Promise<Connection> {
  const quiet = {
    ...config,
    host: '127.0.0.1',
    port: 0,
    baseUrl: undefined,
    basePath: '',
    logLevel: 'fatal',
  };
  const parley = await startParley({ ...quiet, roles: new Set(['web', 'worker']) }, server.address);
  const url = parley.localAddress!;
  const key = openLocalKey(parley.services);
  if (!(await isKnown(url, key))) throw new CommandError(speech.words('chat_shut_out'));
  return {
    api: createApiClient(url, async () => ({ url, key: await key.read() }), speech),
    async close() {
      await key.revoke().catch(() => {});
      await parley.close();
      await server.close();
    },
  };
}

/** The database is away while its server starts again, and comes back with it. */
function unlessAway(error: unknown): never {
  throw isUnavailable(error) ? new NobodyThere() : error;
}

/** False when the Parley there does not know the key: it works on another database. */
async function isKnown(url: string, key: LocalKey): Promise<boolean> {
  const headers = { authorization: `Bearer ${await key.read()}` };
  const signal = AbortSignal.timeout(PROBE_MS);
  return fetch(`${url}/api/v1/me`, { headers, signal, redirect: 'error' }).then(
    (answer) => answer.ok,
    () => false,
  );
}
