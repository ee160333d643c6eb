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

const AGENTS = [
  {
    name: 'Patient tutor',
    description: 'Asks back, and explains until it is clear',
    icon: 'school',
    instructions: 'Explain one step at a time, and ask a small question after each.',
    starters: ['Help me understand derivatives', 'Quiz me on the French Revolution'],
  },
  { name: 'Translator', description: 'English and Russian, both ways', icon: 'languages' },
  { name: 'Strict reviewer', description: 'Finds what a friendly reader would not say', icon: 'scale' },
  { name: 'Code critic', description: 'Reads a diff and names the risks', icon: 'code' },
];

const BRIDGES = {
  name: 'Bridges',
  description: 'How they carry what they carry, for the exhibition in May',
  icon: 'flask',
  instructions: 'Write for visitors of twelve years and up. Name the source of every figure.',
  settings: { parameters: { temperature: 0.2 } },
};
const MEMBERS: [name: string, role: string][] = [
  ['Grace Hopper', 'editor'],
  ['Tim Berners', 'editor'],
  ['Vera Rubin', 'viewer'],
];
const IN_PROJECT = ['What the hangers do', 'Captions for the model of the tower', 'Why the Tay Bridge fell'];

export type Stage = {
  readonly url: string;
  readonly admin: Person;
  /** A project of several people, with chats in it. */
  readonly projectId: string;
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
  const post = async (path: string, json: object) =>
    (await (await call(ada, 'POST', path, json)).json()) as { id: string };
  for (const agent of AGENTS) await post('/api/v1/agents', agent);
  const { id: projectId } = await post('/api/v1/projects', BRIDGES);
  for (const [name, role] of MEMBERS) {
    const { userId } = await signUp(parley.url, { name });
    await call(ada, 'PUT', `/api/v1/projects/${projectId}/members/${userId}`, { role });
  }
  for (const title of IN_PROJECT) await post('/api/v1/chats', { title, projectId });
  return {
    url: parley.url,
    admin: ada,
    projectId,
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
