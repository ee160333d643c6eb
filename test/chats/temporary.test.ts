/** Chats that are in no list and go by themselves. */
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Chat } from '#features/chats/chats.ts';
import { endTemporaryChats } from '#features/chats/server/index.ts';
import type { Project } from '#features/projects/projects.ts';
import { admin, guest, type Person, signIn, signUp } from '../harness/accounts.ts';
import { addEndpoint } from '../harness/endpoints.ts';
import { makeProcess } from '../harness/make.ts';
import { startTestParley, type TestParley } from '../harness/parley.ts';
import { generationWhen } from '../harness/stored.ts';
import { eventually } from '../harness/streams.ts';

let parley: TestParley;
let ada: Person;
beforeAll(async () => {
  parley = await startTestParley({ maxChats: 2 });
  await admin(parley.url);
  await addEndpoint(parley.services, { slots: 4 });
  ada = await signUp(parley.url);
});
afterAll(() => parley.close());

const sql = (text: string, values: unknown[] = []) => parley.services.db.$client.query(text, values);
const ask = (person: Person, method: string, path: string, json?: object) =>
  person.fetch(`/api/v1${path}`, { method, ...(json && { json }) });
const bodyOf = async <T = Chat>(answer: Promise<Response>): Promise<T> => (await (await answer).json()) as T;
const make = (person: Person, more: object = {}) =>
  bodyOf(ask(person, 'POST', '/chats', { temporary: true, ...more }));

/** Is answered at once. */
const QUICK = '/script text="hi" rate=0';

type Said = Record<'chat' | 'message' | 'reply' | 'generation', { id: string }>;
/** A temporary chat that begins with a message, once it is answered. */
async function say(person: Person, content: string): Promise<Said & { chat: Chat }> {
  const json = { chat: { temporary: true }, message: { content } };
  const sent = await bodyOf<Said & { chat: Chat }>(ask(person, 'POST', '/messages', json));
  await generationWhen(person, sent.generation.id);
  return sent;
}
const longAgo = (chatId: string) =>
  sql(`UPDATE chats SET active_at = now() - interval '24 hours' - interval '1 second' WHERE id = $1`, [
    chatId,
  ]);
const statusOf = async (person: Person, path: string) => (await ask(person, 'GET', path)).status;

describe('a temporary chat', () => {
  test('says so, and is answered, read, stopped and gone on with as any other', async () => {
    const { chat, message, reply } = await say(ada, '/script text="an answer" rate=0');
    expect(chat.temporary).toBe(true);
    expect((await make(ada)).temporary).toBe(true);
    expect((await make(ada, { temporary: false })).temporary).toBe(false);
    const branch = await bodyOf<{ items: { id: string }[] }>(ask(ada, 'GET', `/chats/${chat.id}/messages`));
    expect(branch.items.map(({ id }) => id)).toEqual([message.id, reply.id]);
    const more = await ask(ada, 'POST', `/chats/${chat.id}/messages`, {
      content: '/script tokens=5000 rate=50',
    });
    const { generation } = (await more.json()) as Said;
    expect((await ask(ada, 'POST', `/generations/${generation.id}/cancel`)).status).toBe(200);
    expect(await statusOf(ada, `/chats/${chat.id}/tree`)).toBe(200);
    const fork = await bodyOf(ask(ada, 'POST', `/messages/${reply.id}/fork`, {}));
    expect(fork.temporary).toBe(true);
  });

  test('is in no list, whatever is asked for, and counts as none', async () => {
    const eve = await signUp(parley.url);
    const { chat } = await say(eve, '/script text="needle" rate=0');
    await ask(eve, 'PATCH', `/chats/${chat.id}`, { title: 'needle', tags: ['needle'] });
    for (const query of ['', '?archived=all', '?archived=true', '?q=needle', '?tag=needle'])
      expect([query, await bodyOf(ask(eve, 'GET', `/chats${query}`))]).toEqual([
        query,
        { items: [], nextCursor: null },
      ]);
    expect(await bodyOf(ask(eve, 'GET', '/me'))).toMatchObject({ chatCount: 0, maxChats: 2 });
    for (let count = 0; count < 5; count++) await make(eve);
    const kept = [await ask(eve, 'POST', '/chats', {}), await ask(eve, 'POST', '/chats', {})];
    expect(kept.map(({ status }) => status)).toEqual([201, 201]);
    expect((await ask(eve, 'POST', '/chats', {})).status).toBe(403);
    expect(await bodyOf(ask(eve, 'GET', '/me'))).toMatchObject({ chatCount: 2 });
    // As all chats do, they count among those that one may keep at all.
    const statuses: number[] = [];
    for (let count = 0; count < 20; count++)
      statuses.push((await ask(eve, 'POST', '/chats', { temporary: true })).status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(12);
    expect(statuses.at(-1)).toBe(403);
  });

  test('cannot be in a project, in the archive or restored, and no other becomes one', async () => {
    const room = await bodyOf<Project>(ask(ada, 'POST', '/projects', { name: 'Room' }));
    const refused = async (method: string, path: string, json: object) => {
      const answer = await ask(ada, method, path, json);
      const { error } = (await answer.json()) as { error: { field?: string } };
      return [answer.status, error.field];
    };
    const inProject = { temporary: true, projectId: room.id };
    expect(await refused('POST', '/chats', inProject)).toEqual([400, 'projectId']);
    expect(await refused('POST', '/messages', { chat: inProject, message: { content: 'hello' } })).toEqual([
      400,
      'projectId',
    ]);
    const chat = await make(ada);
    const path = `/chats/${chat.id}`;
    expect(await refused('PATCH', path, { projectId: room.id })).toEqual([400, 'projectId']);
    expect(await refused('PATCH', path, { archived: true })).toEqual([400, 'archived']);
    expect(await refused('PUT', path, { archived: true })).toEqual([400, 'archived']);
    expect(await refused('PATCH', path, { temporary: true })).toEqual([400, 'temporary']);
    expect((await bodyOf(ask(ada, 'PUT', path, { title: 'Written anew' }))).temporary).toBe(true);
    await sql('DELETE FROM chats WHERE user_id = $1', [ada.userId]);
    const other = await make(ada, { temporary: false });
    expect(await refused('PATCH', `/chats/${other.id}`, { temporary: true })).toEqual([400, 'temporary']);
  });

  test('can be kept, where there is room for one more', async () => {
    const eve = await signUp(parley.url);
    const { chat } = await say(eve, QUICK);
    const keep = () => ask(eve, 'PATCH', `/chats/${chat.id}`, { temporary: false });
    const others = [await make(eve, { temporary: false }), await make(eve, { temporary: false })];
    expect((await keep()).status).toBe(403);
    await ask(eve, 'DELETE', `/chats/${others[0]!.id}`);
    expect((await bodyOf(keep())).temporary).toBe(false);
    const list = await bodyOf<{ items: Chat[] }>(ask(eve, 'GET', '/chats'));
    expect(list.items.map(({ id }) => id)).toEqual([others[1]!.id, chat.id]);
    expect(await bodyOf(ask(eve, 'GET', '/me'))).toMatchObject({ chatCount: 2 });
    await longAgo(chat.id);
    await endTemporaryChats(parley.services);
    expect(await statusOf(eve, `/chats/${chat.id}`)).toBe(200);
  });

  test('goes along when a guest signs in', async () => {
    const visitor = await guest(parley.url);
    const { chat } = await say(visitor, QUICK);
    const account = await signUp(parley.url);
    const together = await signIn(parley.url, account, visitor);
    expect(await bodyOf(ask(together, 'GET', `/chats/${chat.id}`))).toMatchObject({ temporary: true });
  });
});

/** What is left of a chat in the database, beside the ledger. */
async function textLeft(needle: string): Promise<string[]> {
  const { rows: tables } = await sql(
    `SELECT table_schema || '.' || table_name AS name FROM information_schema.tables
     WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } = await sql(`SELECT t::text AS row FROM ${name} t WHERE t::text LIKE $1`, [`%${needle}%`]);
    found.push(...rows.map(({ row }) => `${name}: ${row}`));
  }
  return found;
}

describe('what a temporary chat leaves', () => {
  test('is nothing once it is left on purpose, but for the ledger’s row without a text', async () => {
    const { chat, message, generation } = await say(ada, '/script text="canary-said" rate=0');
    const stopped = await ask(ada, 'POST', `/chats/${chat.id}/messages`, {
      content: '/script text="canary-long canary-long canary-long" rate=3',
    });
    const sent = (await stopped.json()) as Said;
    await eventually(
      async () =>
        (
          await sql('SELECT FROM generation_events WHERE generation_id = $1 AND last_seq > 1', [
            sent.generation.id,
          ])
        ).rows,
      (rows) => rows.length > 0,
    );
    await ask(ada, 'POST', `/generations/${sent.generation.id}/cancel`);
    await ask(ada, 'POST', `/messages/${sent.message.id}/replies`, { continueFrom: sent.reply.id });
    await ask(ada, 'PUT', `/chats/${chat.id}/context`, { content: 'canary-rule' });
    await ask(ada, 'POST', `/chats/${chat.id}/messages`, { content: 'canary-waits', when: 'next' });
    expect(await textLeft('canary')).not.toEqual([]);

    expect((await ask(ada, 'DELETE', `/chats/${chat.id}`)).status).toBe(204);
    expect(await textLeft('canary')).toEqual([]);
    for (const path of [`/chats/${chat.id}`, `/chats/${chat.id}/messages`, `/messages/${message.id}`])
      expect([path, await statusOf(ada, path)]).toEqual([path, 404]);
    expect((await ask(ada, 'POST', `/chats/${chat.id}/restore`)).status).toBe(404);
    const { rows } = await sql(
      'SELECT state, chat_id, message_id, output_tokens FROM generations WHERE id = $1',
      [generation.id],
    );
    expect(rows).toEqual([
      { state: 'completed', chat_id: null, message_id: null, output_tokens: expect.any(Number) },
    ]);
  });

  test('is the room that it took', async () => {
    const eve = await signUp(parley.url);
    const { chat } = await say(eve, QUICK);
    await ask(eve, 'DELETE', `/chats/${chat.id}`);
    const { rows } = await sql('SELECT bytes, chats FROM storage WHERE owner_id = $1', [eve.userId]);
    expect(rows).toEqual([{ bytes: 0, chats: 0 }]);
  });

  test('is nothing a day after the last message, with what is written in it stopped; a moment before it is there', async () => {
    const eve = await signUp(parley.url);
    const { chat } = await say(eve, '/script text="canary-day" rate=0');
    const more = await ask(eve, 'POST', `/chats/${chat.id}/messages`, {
      content: '/script tokens=5000 rate=20',
    });
    const { generation } = (await more.json()) as Said;
    await sql(`UPDATE chats SET active_at = now() - interval '23 hours 59 minutes' WHERE id = $1`, [chat.id]);
    await endTemporaryChats(parley.services);
    expect(await statusOf(eve, `/chats/${chat.id}`)).toBe(200);
    await longAgo(chat.id);
    await endTemporaryChats(parley.services);
    expect(await statusOf(eve, `/chats/${chat.id}`)).toBe(404);
    expect(await textLeft('canary')).toEqual([]);
    const { rows } = await sql('SELECT state FROM generations WHERE id = $1', [generation.id]);
    expect(rows).toEqual([{ state: 'cancelled' }]);
  });

  test('goes later where a process was killed between taking it away and removing it', async () => {
    const eve = await signUp(parley.url);
    const { chat } = await say(eve, '/script text="canary-killed" rate=0');
    await sql('UPDATE chats SET deleted_at = now() WHERE id = $1', [chat.id]);
    expect(await statusOf(eve, `/chats/${chat.id}`)).toBe(404);
    await endTemporaryChats(parley.services);
    expect(await textLeft('canary')).toEqual([]);
  });
});

test('a process that is killed while it ends them is followed by one that does', async () => {
  const { database, parley: first } = await makeProcess(onTestFinished);
  const person = await signUp(first.url);
  const made = await bodyOf(ask(person, 'POST', '/chats', { temporary: true, title: 'canary' }));
  await database.db.$client.query(
    `UPDATE chats SET active_at = now() - interval '2 days', deleted_at = now() WHERE id = $1`,
    [made.id],
  );
  await first.kill();
  const next = await startTestParley({}, { database });
  onTestFinished(() => next.close());
  await endTemporaryChats(next.services);
  expect((await next.services.db.$client.query('SELECT FROM chats')).rowCount).toBe(0);
});
