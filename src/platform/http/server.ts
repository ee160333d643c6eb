/** Builds the HTTP server: validation by the routes' own schemas, one error shape, one access rule per route. */
import type { IncomingMessage } from 'node:http';
import Fastify, {
  type FastifyError,
  type FastifyReply,
  type FastifyRequest,
  LogController,
  type RouteOptions,
} from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { ErrorBody } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { Services } from '#platform/services.ts';
import { answerUnreadable } from './answer-unreadable.ts';
import type { App } from './app.ts';
import { refuseUncleanAddresses } from './clean-query.ts';
import { drainBody } from './drain-body.ts';
import { toAppError } from './errors.ts';
import { addHealthRoutes } from './health.ts';
import { readJsonBodies } from './json-body.ts';
import { logRequests } from './log-requests.ts';
import { sendSecurityHeaders } from './security-headers.ts';

/** Above it the answer is 413. Larger than a message may be, so that imports and metadata fit. */
export const BODY_LIMIT_BYTES = 10 * 1024 * 1024;
/**
 * Proxies whose forwarded headers count, with TRUST_PROXY: those on this machine or a private network. The client is
 * the last address that is none of them, so that what a client itself writes into the header counts for nothing.
 */
const TRUSTED_PROXIES = 'loopback, linklocal, uniquelocal';

/** A server with health routes only; features add theirs, then `listen`. */
export function createHttpServer(services: Services): App {
  const { config, log } = services;
  const app = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT_BYTES,
    trustProxy: config.trustProxy ? TRUSTED_PROXIES : false,
    genReqId: () => newId(),
    forceCloseConnections: true,
    rewriteUrl: (request) => withoutBasePath(request, config.basePath),
    clientErrorHandler: answerUnreadable,
    frameworkErrors: (error, request, reply) => void sendError(error, request, reply),
  }).withTypeProvider<ZodTypeProvider>() as unknown as App;
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorateRequest('principal', null);
  app.decorate('routeTable', []);
  app.addHook('onRoute', (route) => addToRouteTable(app, route));
  app.setErrorHandler<FastifyError>(sendError);
  app.setNotFoundHandler((_request, reply) => {
    const body: ErrorBody = { code: 'not_found', detail: 'There is nothing at this address.' };
    return reply.status(404).send({ error: body });
  });
  readJsonBodies(app);
  logRequests(app);
  sendSecurityHeaders(app);
  refuseUncleanAddresses(app);
  addHealthRoutes(app, services);
  return app;
}

/** A route that does not say who may call it is a mistake that must not reach anybody. */
function addToRouteTable(app: App, { method, url, config, schema, ...route }: RouteOptions): void {
  const access = config?.access;
  if (!access) throw new Error(`The route ${String(method)} ${url} states no access rule.`);
  const websocket = (route as { websocket?: boolean }).websocket === true;
  for (const one of [method].flat())
    app.routeTable.push({ method: one, url, access, websocket, schema: schema ?? {} });
}

/** Proxies that serve Parley under a path may leave it in the address or take it away; both work. */
function withoutBasePath(request: IncomingMessage, basePath: string): string {
  const url = request.url ?? '/';
  if (!basePath || !url.startsWith(basePath)) return url;
  const rest = url.slice(basePath.length);
  if (rest === '' || rest.startsWith('?')) return `/${rest}`;
  return rest.startsWith('/') ? rest : url;
}

async function sendError(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') await drainBody(request.raw);
  const answer = toAppError(error);
  if (answer.status >= 500) request.log.error({ err: error }, 'a request failed');
  if (answer.retryAt)
    reply.header('retry-after', Math.max(1, Math.ceil((answer.retryAt.getTime() - Date.now()) / 1000)));
  return reply.status(answer.status).send({ error: answer.body() });
}
