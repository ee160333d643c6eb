/** Users who call the chats' routes, without the log-in (which has tests of its own). */
import { randomUUID } from 'node:crypto';
import { chatRoutes } from '#features/chats/server/index.ts';
import { createHttpServer } from '#platform/http/server.ts';
import { createLocalBus } from '#platform/live-bus/local-bus.ts';
import { createLogger } from '#platform/log.ts';
import { createSecretBox } from '#platform/secrets.ts';
import type { Services } from '#platform/services.ts';
import { createTestDatabase } from '../harness/database.ts';
import { testConfig } from '../harness/parley.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into by the tests
export type Answer = { status: number; body: any };
export type Person = {
  userId: string;
  /** Calls a route of `/api/v1` as this person. */
  call(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<Answer>;
};

/** The chats' routes on a fresh database; `close` it after the tests. */
export async function startChats(maxChats = 1000) {
  const database = await createTestDatabase();
  const services: Services = {
    config: testConfig({ maxChats }),
    log: createLogger('silent'),
    db: database.db,
    bus: createLocalBus(),
    secrets: createSecretBox('only for tests, not secret'),
  };
  const app = createHttpServer(services);
  app.addHook('onRequest', async (request) => {
    const userId = request.headers['x-test-user'] as string;
    request.principal = { userId, role: 'member', via: { kind: 'session', sessionId: userId } };
  });
  chatRoutes(app, services);
  await app.ready();
  return {
    services,
    async newPerson(): Promise<Person> {
      const userId = randomUUID();
      await services.db.$client.query(`INSERT INTO users (id, name, email) VALUES ($1, 'Somebody', $2)`, [
        userId,
        `${userId}@example.org`,
      ]);
      return {
        userId,
        async call(method, path, body) {
          const answer = await app.inject({
            method,
            url: `/api/v1${path}`,
            headers: { 'x-test-user': userId },
            ...(body !== undefined && { payload: body as object }),
          });
          return { status: answer.statusCode, body: answer.body ? answer.json() : null };
        },
      };
    },
    async close() {
      await app.close();
      await database.drop();
    },
  };
}

/** Follows `nextCursor` from the first page to the last; every page's items. */
export async function allPages(
  person: Person,
  path: string,
  parameter = 'cursor',
): Promise<Answer['body'][][]> {
  const pages: Answer['body'][][] = [];
  let cursor: string | null = null;
  do {
    const from = cursor ? `&${parameter}=${encodeURIComponent(cursor)}` : '';
    const { status, body } = await person.call('GET', `${path}${from}`);
    if (status !== 200) throw new Error(JSON.stringify(body));
    pages.push(body.items);
    cursor = body.nextCursor;
  } while (cursor);
  return pages;
}
