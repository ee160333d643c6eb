/** `/healthz`: the process lives. `/readyz`: it can do its work, part by part. */
import { z } from 'zod';
import { pendingMigrations } from '#platform/database/migrate.ts';
import type { Services } from '#platform/services.ts';
import type { App } from './app.ts';

/** Null when the part works, else why it does not. */
export type ReadinessCheck = () => Promise<string | null> | string | null;

declare module 'fastify' {
  interface FastifyInstance {
    /** Adds a part to `/readyz`. */
    addReadinessCheck(name: string, check: ReadinessCheck): void;
  }
}

/** A check that takes longer has failed; a probe must not hang. */
const CHECK_MS = 2000;

const Readiness = z.object({
  ready: z.boolean(),
  /** Per part: `ok` or the reason why not. */
  parts: z.record(z.string(), z.string()),
});

/** Adds both routes and the parts that every process has: the database and its migrations. */
export function addHealthRoutes(app: App, { db }: Services): void {
  const checks = new Map<string, ReadinessCheck>();
  let closing = false;
  app.decorate('addReadinessCheck', (name: string, check: ReadinessCheck) => void checks.set(name, check));
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.addReadinessCheck('database', async () => {
    await db.$client.query('SELECT 1');
    return null;
  });
  let migrated = false;
  app.addReadinessCheck('migrations', async () => {
    const pending = migrated ? [] : await pendingMigrations(db);
    migrated = pending.length === 0;
    return migrated ? null : `not applied yet: ${pending.join(', ')}`;
  });

  app.get(
    '/healthz',
    {
      config: { access: 'public', quiet: true, anyHost: true },
      schema: {
        tags: ['Health'],
        summary: 'The process lives',
        response: { 200: z.object({ ok: z.boolean() }) },
      },
    },
    async () => ({ ok: true }),
  );
  app.get(
    '/readyz',
    {
      config: { access: 'public', quiet: true, anyHost: true },
      schema: {
        tags: ['Health'],
        summary: 'The process can do its work, with the reason per part if not',
        response: { 200: Readiness, 503: Readiness },
      },
    },
    async (_request, reply) => {
      const parts: Record<string, string> = {};
      await Promise.all(
        [...checks].map(async ([name, check]) => {
          parts[name] = (await runCheck(check)) ?? 'ok';
        }),
      );
      if (closing) parts.server = 'shutting down';
      const ready = Object.values(parts).every((part) => part === 'ok');
      return reply.status(ready ? 200 : 503).send({ ready, parts });
    },
  );
}

async function runCheck(check: ReadinessCheck): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, CHECK_MS, `no answer within ${CHECK_MS / 1000} s`);
  });
  try {
    return await Promise.race([check(), tooLate]);
  } catch (error) {
    // Of errors only the kind is told: their texts may name hosts and users.
    return (error as NodeJS.ErrnoException).code ?? 'cannot be reached';
  } finally {
    clearTimeout(timer);
  }
}
