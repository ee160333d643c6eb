/** `/healthz`: the process lives. `/readyz`: it can do its work, part by part. */
import { z } from 'zod';
import { SentenceRef } from '#fields';
import { pendingMigrations } from '#platform/database/migrate.ts';
import type { Services } from '#platform/services.ts';
import { say } from '../say.ts';
import type { Sentence } from '../sentences.ts';
import type { App } from './app.ts';

/** Null when the part works, else why it does not. */
export type ReadinessCheck = () => Promise<Sentence | null> | Sentence | null;

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
  /** What the reasons say, by part, for clients of other languages; without those that are ok. */
  reasons: z.record(z.string(), SentenceRef),
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
    return migrated ? null : say('migrations_pending', { names: pending.join(', ') });
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
      const problems = await Promise.all(
        [...checks].map(async ([name, check]) => [name, await runCheck(check)] as const),
      );
      if (closing) problems.push(['server', say('shutting_down')]);
      const parts = Object.fromEntries(problems.map(([name, problem]) => [name, problem?.text ?? 'ok']));
      const reasons = Object.fromEntries(
        problems.flatMap(([name, problem]) =>
          problem ? [[name, { reason: problem.reason, params: problem.params }]] : [],
        ),
      );
      const ready = Object.keys(reasons).length === 0;
      return reply.status(ready ? 200 : 503).send({ ready, parts, reasons });
    },
  );
}

async function runCheck(check: ReadinessCheck): Promise<Sentence | null> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<Sentence>((resolve) => {
    timer = setTimeout(resolve, CHECK_MS, say('check_too_slow', { seconds: CHECK_MS / 1000 }));
  });
  try {
    return await Promise.race([check(), tooLate]);
  } catch (error) {
    // Of errors only the kind is told: their texts may name hosts and users.
    const { code } = error as NodeJS.ErrnoException;
    return code ? say('check_failed_with', { code }) : say('check_failed');
  } finally {
    clearTimeout(timer);
  }
}
