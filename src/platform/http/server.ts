/** Builds the HTTP server: validation by the routes' own schemas, one error shape, one access rule per route. */
import Fastify, { type FastifyError, LogController, type RouteOptions } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { newId } from '#platform/ids.ts';
import type { Services } from '#platform/services.ts';
import { answerUnreadable } from './answer-unreadable.ts';
import type { App } from './app.ts';
import { hostRule, refuseOtherHosts, wrongHost } from './check-host.ts';
import { refuseUncleanAddresses } from './clean-query.ts';
import { closeUnread } from './close-unread.ts';
import { addHealthRoutes } from './health.ts';
import { BODY_LIMIT_BYTES, readJsonBodies } from './json-body.ts';
import { limitConnections } from './limit-connections.ts';
import { logRequests } from './log-requests.ts';
import { readTarget } from './read-target.ts';
import { addHeaders, sendSecurityHeaders } from './security-headers.ts';
import { nothingHere, sendError } from './send-error.ts';
import { isSocketRequest } from './socket-route.ts';
import { trustIn } from './trusted-proxies.ts';

/** A server with health routes only; features add theirs, then `listen`. */
export function createHttpServer(services: Services): App {
  const { clock, config, log } = services;
  const isOurs = hostRule(config);
  const app: App = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT_BYTES,
    trustProxy: trustIn(config.trustProxy),
    genReqId: () => newId(),
    forceCloseConnections: true,
    rewriteUrl: (request) => readTarget(request, config.basePath),
    requestTimeout: clock.requestMs,
    http: {
      headersTimeout: clock.requestHeadMs,
      connectionsCheckingInterval: clock.requestLookMs,
      shouldUpgradeCallback: isSocketRequest,
    },
    clientErrorHandler: answerUnreadable,
    frameworkErrors: (error, request, reply) => {
      addHeaders(request, reply);
      void sendError(app, isOurs(request) ? error : wrongHost(request), request, reply);
    },
  }).withTypeProvider<ZodTypeProvider>() as unknown as App;
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorateRequest('principal', null);
  app.decorate('routeTable', []);
  app.addHook('onRoute', (route) => addToRouteTable(app, route));
  app.decorate('errorShapes', []);
  app.setErrorHandler<FastifyError>((error, request, reply) => sendError(app, error, request, reply));
  app.setNotFoundHandler((request, reply) => sendError(app, nothingHere(), request, reply));
  limitConnections(app.server, config, log);
  closeUnread(app, clock);
  readJsonBodies(app);
  logRequests(app);
  sendSecurityHeaders(app);
  refuseOtherHosts(app, isOurs);
  refuseUncleanAddresses(app);
  addHealthRoutes(app, services);
  return app;
}

/** A route that does not say who may call it is a mistake that must not reach anybody. */
function addToRouteTable(app: App, { method, url, config, schema, ...route }: RouteOptions): void {
  const { access, scope } = config ?? {};
  if (!access) throw new Error(`The route ${String(method)} ${url} states no access rule.`);
  if (access !== 'public' && scope === undefined)
    throw new Error(`The route ${String(method)} ${url} does not state which scope a key needs.`);
  const websocket = route.wsHandler !== undefined;
  for (const one of [method].flat())
    app.routeTable.push({ method: one, url, access, scope: scope ?? null, websocket, schema: schema ?? {} });
}
