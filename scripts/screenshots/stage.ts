/** A Parley with a little life in it: an administrator, a model server, some earlier chats, people in line. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { guest, type Person, signUp } from '#test/harness/accounts.ts';
import { createTestDatabase } from '#test/harness/database.ts';
import { startParleyProcess } from '#test/harness/process.ts';
import providePostgres from '#test/harness/provide-postgres.ts';
import { startModelServer } from './model-server.ts';

const DAY_MS = 86_400_000;
/** Earlier chats: titles and how many days ago something was said in them. */
const EARLIER: [title: string, daysAgo: number][] = [
  ['A note to a colleague', 0],
  ['Weekend in Lisbon', 1],
  ['Regular expressions, explained slowly', 1],
  ['Interview questions for the pilot', 3],
  ['What the p-value does not say', 5],
  ['Reading list on queues', 6],
  ['Translate the consent form', 24],
  ['Palindromes, with tests', 31],
  ['Names for a cat', 40],
];

export type Stage = {
  readonly url: string;
  readonly admin: Person;
  /** Lets somebody else send a message that takes its time; answers with how to take it back. */
  standInLine(): Promise<() => Promise<void>>;
  /** How many replies the model server writes at once. */
  setSlots(slots: number): Promise<void>;
  close(): Promise<void>;
};

export async function setStage(): Promise<Stage> {
  const stopPostgres = await providePostgres();
  const database = await createTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-pictures-'));
  const models = await startModelServer();
  const env = { DATABASE_URL: database.url.url, RATE_LIMITS: 'off' };
  const parley = await startParleyProcess({ dataDir, env });
  const call = async (person: Person, method: string, path: string, json: unknown) => {
    const response = await person.fetch(path, { method, json });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response;
  };

  const ada = await signUp(parley.url, { name: 'Ada Lovelace', email: 'ada@example.org' });
  const added = await call(ada, 'POST', '/api/v1/admin/endpoints', {
    name: 'studio',
    kind: 'openai-compatible',
    baseUrl: models.url,
  });
  const { id } = (await added.json()) as { id: string };
  await call(ada, 'PUT', '/api/v1/admin/default-model', { modelId: 'studio/qwen3-14b' });
  for (const [title, daysAgo] of EARLIER.toReversed()) {
    const chat = (await (await call(ada, 'POST', '/api/v1/chats', { title })).json()) as { id: string };
    const then = new Date(Date.now() - daysAgo * DAY_MS);
    await database.db.$client.query('UPDATE chats SET active_at = $2, updated_at = $2 WHERE id = $1', [
      chat.id,
      then,
    ]);
  }
  return {
    url: parley.url,
    admin: ada,
    async standInLine() {
      const somebody = await guest(parley.url);
      const message = { content: 'Answer slowly, please' };
      const sent = await call(somebody, 'POST', '/api/v1/messages', { chat: {}, message });
      const { generation } = (await sent.json()) as { generation: { id: string } };
      return async () =>
        void (await call(somebody, 'POST', `/api/v1/generations/${generation.id}/cancel`, {}));
    },
    setSlots: async (slots) => void (await call(ada, 'PATCH', `/api/v1/admin/endpoints/${id}`, { slots })),
    async close() {
      await parley.stop();
      models.server.close();
      models.server.closeAllConnections();
      await database.drop();
      await stopPostgres();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
