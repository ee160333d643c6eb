/** `GET /metrics`: for Prometheus, which shows a token of its own, and for admins. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { GenerationsRuntime } from '#features/generations/server/index.ts';
import { AppError } from '#platform/errors.ts';
import type { App } from '#platform/http/app.ts';
import { requireScope } from '#platform/http/guard.ts';
import { say as sayInGeneral } from '#platform/say.ts';
import { startMetrics } from './metrics.ts';
import { say } from './say.ts';

/** Adds the route and starts counting; both end with `app`. */
export function addMetricsRoutes(app: App, runtime: GenerationsRuntime): void {
  const { metricsToken } = runtime.services.config;
  const metrics = startMetrics(runtime, () => app.websocketServer?.clients.size ?? 0);
  app.addHook('onClose', async () => metrics.close());

  app.get(
    '/metrics',
    {
      // Whoever has the token has no account, so the rule is here.
      config: { access: 'public', quiet: true },
      schema: {
        tags: ['About'],
        summary: 'Metrics of this process and of the queue, in Prometheus’ text format',
        description: 'For admins, and for who sends METRICS_TOKEN as the bearer token.',
      },
    },
    async (request, reply) => {
      if (!isToken(request, metricsToken)) await assertAdmin(app, request);
      return reply.type(metrics.contentType).send((await metrics.read()) as never);
    },
  );
}

/** Compared by their hashes, which have one length: how long it takes tells nothing about the token. */
function isToken({ headers }: FastifyRequest, token: string | undefined): boolean {
  const given = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  return token !== undefined && given !== undefined && timingSafeEqual(digest(given), digest(token));
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

async function assertAdmin(app: App, request: FastifyRequest): Promise<void> {
  const principal = await app.resolvePrincipal(request);
  if (!principal) throw new AppError('unauthenticated', say('metrics_for_admins'));
  requireScope(principal, 'admin');
  if (principal.role !== 'admin') throw new AppError('forbidden', sayInGeneral('admins_only'));
}
