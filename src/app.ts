/** The composition root: opens what is shared, mounts every feature, and takes it all down in order. No logic. */
import type { AddressInfo } from 'node:net';
import type { Config } from './config.ts';
import { registerAccounts } from './features/accounts/server/index.ts';
import { chatRoutes } from './features/chats/server/index.ts';
import { discoverEndpoints, keepHealth, registerEndpoints } from './features/endpoints/server/index.ts';
import { apiDocsRoutes, describeApi, housekeeping, startSchedule } from './features/ops/server/index.ts';
import { type DatabaseAddress, openDatabase } from './platform/database/database.ts';
import { migrate } from './platform/database/migrate.ts';
import type { RouteRule } from './platform/http/app.ts';
import { createHttpServer } from './platform/http/server.ts';
import { serveWebPage } from './platform/http/web-page.ts';
import { createLocalBus } from './platform/live-bus/local-bus.ts';
import { createLogger } from './platform/log.ts';
import { createSecretBox, loadSecret } from './platform/secrets.ts';
import type { Services } from './platform/services.ts';

/** A running Parley. `address` is where the web role listens; null in a process with the worker role alone. */
export type Parley = {
  readonly address: string | null;
  readonly services: Services;
  /** Every route it serves, with who may call it. */
  readonly routes: readonly RouteRule[];
  /** Stops accepting, ends or hands over what runs, closes the database. The embedded server is the caller's. */
  close(): Promise<void>;
};

/** Starts the roles of `config` on a database that is already running. */
export async function startParley(config: Config, database: DatabaseAddress): Promise<Parley> {
  const log = createLogger(config.logLevel);
  const db = openDatabase(database, log);
  await migrate(db);
  const secrets = createSecretBox(await loadSecret(config.dataDir, config.secretKey));
  const bus = createLocalBus();
  const services: Services = { config, log, db, bus, secrets };

  const app = createHttpServer(services);
  await describeApi(app, services);
  registerAccounts(app, services);
  serveWebPage(app, config);
  apiDocsRoutes(app);
  chatRoutes(app, services);
  registerEndpoints(app, services);
  await discoverEndpoints(services);
  await app.listen({ port: config.port, host: config.host });
  const stopHealth = keepHealth(services);
  const schedule = config.roles.has('worker') ? startSchedule(services, housekeeping(services)) : null;
  const { port } = app.server.address() as AddressInfo;
  return {
    address: `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`,
    services,
    routes: app.routeTable,
    async close() {
      await app.close();
      await stopHealth();
      await schedule?.stop();
      await bus.close();
      await db.$client.end();
    },
  };
}
