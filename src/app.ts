/** The composition root: opens what is shared, mounts every feature, and takes it all down in order. No logic. */
import websocket from '@fastify/websocket';
import type { Config } from './config.ts';
import { accountMessages, addAccountRoutes, mailWorkers } from './features/accounts/server/index.ts';
import { addAgentRoutes } from './features/agents/server/index.ts';
import { addAuditRoutes } from './features/audit/server/index.ts';
import {
  addChatRoutes,
  chatMessages,
  followOutbox,
  followTitle,
  followUntitled,
} from './features/chats/server/index.ts';
import { addContextRoutes } from './features/contexts/server/index.ts';
import {
  addEndpointRoutes,
  discoverEndpoints,
  endpointMessages,
  keepHealth,
} from './features/endpoints/server/index.ts';
import { addFileRoutes } from './features/files/server/index.ts';
import { addGatewayRoutes } from './features/gateway/server/index.ts';
import {
  addGenerationRoutes,
  type Follower,
  type GenerationsRuntime,
  generationMessages,
  startFollowers,
  startGenerations,
} from './features/generations/server/index.ts';
import { addLeavingRoutes } from './features/leaving/server/index.ts';
import {
  addApiDocsRoutes,
  addDashboardRoutes,
  addMetricsRoutes,
  describeApi,
  housekeeping,
} from './features/ops/server/index.ts';
import { addProjectRoutes } from './features/projects/server/index.ts';
import { addSearchRoutes, startSearchIndex } from './features/search/server/index.ts';
import { addSharingRoutes } from './features/sharing/server/index.ts';
import { addTransferRoutes } from './features/transfer/server/index.ts';
import { addUsageRoutes } from './features/usage/server/index.ts';
import { openBlobStore } from './platform/blobs/open-blob-store.ts';
import { type Clock, clockProblems, REAL_CLOCK } from './platform/clock.ts';
import { type DatabaseAddress, openDatabase, openReports } from './platform/database/database.ts';
import { migrate } from './platform/database/migrate.ts';
import { splitConnections } from './platform/database/split-connections.ts';
import type { App, RouteRule } from './platform/http/app.ts';
import { BODY_LIMIT_BYTES } from './platform/http/json-body.ts';
import { addressOf, localAddressOf } from './platform/http/own-address.ts';
import { addProofRoute } from './platform/http/proof-route.ts';
import { createHttpServer } from './platform/http/server.ts';
import { refuseStraySockets } from './platform/http/socket-route.ts';
import { serveWebPage } from './platform/http/web-page.ts';
import { newIdentity } from './platform/identity.ts';
import { createJobs, jobMessages } from './platform/jobs/jobs.ts';
import { createPostgresBus } from './platform/live-bus/postgres-bus.ts';
import { createRedisBus } from './platform/live-bus/redis-bus.ts';
import { createLogger } from './platform/log.ts';
import { createSecretBox, loadSecret } from './platform/secrets.ts';
import type { Services } from './platform/services.ts';

/**
 * A running Parley. `address` is where the web role listens, `localAddress` how programs of this machine reach it; null in a
 * process with the worker role alone.
 */
export type Parley = {
  readonly address: string | null;
  readonly localAddress: string | null;
  readonly services: Services;
  /** Every route it serves, with who may call it. */
  readonly routes: readonly RouteRule[];
  /** Stops accepting, ends or hands over what runs, closes the database. The embedded server is the caller's. */
  close(): Promise<void>;
};

/** What features do when a generation has ended; one more is a line here. */
const followers = (services: Services): readonly Follower[] => [
  followOutbox(services),
  followUntitled(services),
  followTitle(services),
];

/** What features may be told by other processes. */
const SHAPES = {
  ...accountMessages,
  ...chatMessages,
  ...endpointMessages,
  ...generationMessages,
  ...jobMessages,
};

/** Starts the roles of `config` on a database that is already running. Another clock than the real one is for tests. */
export async function startParley(
  config: Config,
  database: DatabaseAddress,
  clock: Clock = REAL_CLOCK,
): Promise<Parley> {
  const [problem] = clockProblems(clock);
  if (problem) throw new Error(`This clock cannot be used: ${problem}.`);
  const log = createLogger(config.logLevel);
  const works = config.roles.has('worker');
  const connections = splitConnections(config.databaseConnections, {
    works,
    embedded: config.databaseUrl === undefined,
  });
  const db = openDatabase(database, log, connections.main);
  const reports = openReports(database, log, connections.reports);
  await migrate(db);
  const secrets = createSecretBox(await loadSecret(config.dataDir, config.secretKey));
  const postgresBus = createPostgresBus(db, log, SHAPES);
  const bus = config.redisUrl ? createRedisBus(config.redisUrl, postgresBus, log) : postgresBus;
  const jobs = createJobs({ db, log, clock, bus, works });
  const blobs = openBlobStore(config);
  const services: Services = {
    config,
    clock,
    log,
    db,
    reports,
    bus,
    blobs,
    jobs,
    secrets,
    identity: newIdentity(),
  };
  await discoverEndpoints(services);
  const generations = await startGenerations(services, database, connections, bus);
  const app = config.roles.has('web') ? await serveWeb(services, generations) : null;
  const probes = app ? null : await serveProbes(services, generations);
  const stopHealth = keepHealth(services);
  jobs.start(mailWorkers(services), housekeeping(services));
  const stopIndexing = works ? startSearchIndex(services) : null;
  const stopFollowing = works ? startFollowers(services, followers(services)) : null;
  return {
    address: app && addressOf(app, config),
    localAddress: app && localAddressOf(app, config),
    services,
    routes: app?.routeTable ?? [],
    async close() {
      // New sends are refused first, then what runs may end while its readers still listen.
      await generations.close(clock.drainMs);
      await (app ?? probes)?.close();
      await stopHealth();
      await stopFollowing?.();
      await stopIndexing?.();
      await jobs.stop();
      await bus.close();
      await Promise.all([db.$client.end(), reports.$client.end()]);
    },
  };
}

async function serveWeb(services: Services, generations: GenerationsRuntime): Promise<App> {
  const app = createHttpServer(services);
  await app.register(websocket, { options: { maxPayload: BODY_LIMIT_BYTES } });
  refuseStraySockets(app);
  await describeApi(app, services);
  addAccountRoutes(app, services);
  serveWebPage(app, services.config);
  addApiDocsRoutes(app);
  addProofRoute(app, services);
  addAuditRoutes(app, services);
  addProjectRoutes(app, services);
  addAgentRoutes(app, services);
  addChatRoutes(app, generations);
  addContextRoutes(app, services);
  addSharingRoutes(app, services);
  addEndpointRoutes(app, services);
  addGenerationRoutes(app, generations);
  addUsageRoutes(app, services);
  addSearchRoutes(app, services);
  await addFileRoutes(app, services);
  await addTransferRoutes(app, services);
  await addGatewayRoutes(app, generations);
  addMetricsRoutes(app, generations);
  addDashboardRoutes(app, services);
  addLeavingRoutes(app, services);
  app.addReadinessCheck('generations', () => generations.problem());
  await app.listen({ port: services.config.port, host: services.config.host });
  return app;
}

/** What a process without the web role serves, if anything: probes, and metrics to who has their token. */
async function serveProbes(services: Services, generations: GenerationsRuntime): Promise<App | null> {
  const { workerPort: port, host } = services.config;
  if (port === undefined) return null;
  const app = createHttpServer(services);
  // Nobody signs in here.
  app.decorate('resolvePrincipal', async () => null);
  addMetricsRoutes(app, generations);
  app.addReadinessCheck('generations', () => generations.problem());
  await app.listen({ port, host });
  return app;
}
