/** One log line per request: what was asked by pattern, how it ended, how long it took. No bodies, no query strings. */
import type { App } from './app.ts';

/** Adds the log line and the `x-request-id` header to all routes. */
export function logRequests(app: App): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    const { url, config } = request.routeOptions;
    const line = {
      method: request.method,
      route: url ?? 'none',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      userId: request.principal?.userId,
    };
    if (config.quiet) request.log.debug(line, 'request');
    else request.log.info(line, 'request');
  });
}
