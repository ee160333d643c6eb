/** Builds the HTTP server: validation by the routes' own schemas, one error shape, one access rule per route. */
import type { IncomingMessage } from 'node:http';
import Fastify, { type FastifyError, LogController, type RouteOptions } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { newId } from '#platform/ids.ts';
import type { Services } from '#platform/services.ts';
import { answerUnreadable } from './answer-unreadable.ts';
import type { App } from './app.ts';
import { refuseUncleanAddresses } from './clean-query.ts';
import { addHealthRoutes } from './health.ts';
import { BODY_LIMIT_BYTES, readJsonBodies } from './json-body.ts';
import { logRequests } from './log-requests.ts';
import { sendSecurityHeaders } from './security-headers.ts';
import { nothingHere, sendError } from './send-error.ts';

/**
 * Proxies whose forwarded headers count, with TRUST_PROXY: those on this machine or a private network. The client is
 * the last address that is none of them, so that what a client itself writes into the header counts for nothing.
 */
const TRUSTED_PROXIES = 'loopback, linklocal, uniquelocal';

/** A server with health routes only; features add theirs, then `listen`. */
export function createHttpServer(services: Services): App {
  const { config, log } = services;
  const app: App = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT_BYTES,
    trustProxy: config.trustProxy ? TRUSTED_PROXIES : false,
    genReqId: () => newId(),
    forceCloseConnections: true,
    rewriteUrl: (request) => withoutBasePath(request, config.basePath),
    clientErrorHandler: answerUnreadable,
    frameworkErrors: (error, request, reply) => void sendError(app, error, request, reply),
  }).withTypeProvider<ZodTypeProvider>() as unknown as App;
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorateRequest('principal', null);
  app.decorate('routeTable', []);
  app.addHook('onRoute', (route) => addToRouteTable(app, route));
  app.decorate('errorShapes', []);
  app.setErrorHandler<FastifyError>((error, request, reply) => sendError(app, error, request, reply));
  app.setNotFoundHandler((request, reply) => sendError(app, nothingHere(), request, reply));
  readJsonBodies(app);
  logRequests(app);
  sendSecurityHeaders(app);
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

/** Proxies that serve Parley under a path may leave it in the address or take it away; both work. */
function withoutBasePath(request: IncomingMessage, basePath: string): string {
  const url = request.url ?? '/';
  if (!basePath || !url.startsWith(basePath)) return url;
  const rest = url.slice(basePath.length);
  if (rest === '' || rest.startsWith('?')) return `/${rest}`;
  return rest.startsWith('/') ? rest : url;
}
