/** Instructions as versions: of the instance, of a person, of a chat. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { recountStorage } from '#features/accounts/server/index.ts';
import { purgeDeletedChats } from '#features/chats/server/index.ts';
import type { Context, ContextVersion } from '#features/contexts/contexts.ts';
import { admin, guest, type Person, signIn, signUp } from '#test/harness/accounts.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';

let parley: TestParley;
let boss: Person;
let ann: Person;
let stranger: Person;
beforeAll(async () => {
  parley = await startTestParley();
  boss = await admin(parley.url);
  stranger = await signUp(parley.url);
});
beforeEach(async () => {
  ann = await signUp(parley.url, { name: 'Ann' });
});
afterAll(() => parley.close());

const sql = async <T>(text: string, values: unknown[] = []): Promise<T[]> =>
  (await parley.services.db.$client.query(text, values)).rows;
const json = async <T>(answer: Response | Promise<Response>): Promise<T> =>
  (await (await answer).json()) as T;
const read = (person: Person, path: string) => json<Context>(person.fetch(`${path}/context`));
const put = (person: Person, path: string, body: object) =>
  person.fetch(`${path}/context`, { method: 'PUT', json: body });
const restore = (person: Person, path: string, version: number) =>
  person.fetch(`${path}/context/versions/${version}/restore`, { method: 'POST' });
const versions = async (person: Person, path: string, query = '') =>
  json<{ items: ContextVersion[]; nextCursor: string | null }>(
    person.fetch(`${path}/context/versions${query}`),
  );
const newChat = async (person: Person): Promise<string> =>
  `/api/v1/chats/${(await json<{ id: string }>(person.fetch('/api/v1/chats', { method: 'POST', json: {} }))).id}`;
const ME = '/api/v1/me';
const ADMIN = '/api/v1/admin';

describe('instructions', () => {
  test('are built in for the instance and empty for everybody else, until some are saved', async () => {
    const unsaved = { version: 0, updatedAt: null, updatedBy: null, isDefault: true };
    const primary = await read(boss, ADMIN);
    expect(primary).toMatchObject(unsaved);
    expect(primary.content).toMatch(/assistant/);
    expect(await read(ann, ME)).toEqual({ content: '', ...unsaved });
    expect(await read(ann, await newChat(ann))).toEqual({ content: '', ...unsaved });
    expect(await versions(ann, ME)).toEqual({ items: [], nextCursor: null });
  });

  test.each([
    ['the instance', () => boss, async () => ADMIN],
    ['a person', () => ann, async () => ME],
    ['a chat', () => ann, () => newChat(ann)],
  ])(
    'of %s become a version with each save, with who and when, and come back as a new one',
    async (_of, who, where) => {
      const [person, path] = [who(), await where()];
      const first = await json<Context>(put(person, path, { content: 'Be brief.', baseVersion: 0 }));
      const name = person === boss ? 'Ada Admin' : 'Ann';
      expect(first).toMatchObject({
        content: 'Be brief.',
        version: 1,
        isDefault: false,
        updatedBy: { id: person.userId, name },
      });
      expect(Date.now() - Date.parse(first.updatedAt!)).toBeLessThan(60_000);
      expect(await read(person, path)).toEqual(first);
      // The same text makes no version, a repeated request neither.
      expect(await json(put(person, path, { content: 'Be brief.' }))).toEqual(first);
      expect(await json(put(person, path, { content: 'Be brief.', baseVersion: 0 }))).toEqual(first);
      expect(await json<Context>(put(person, path, { content: 'Be long.\n' }))).toMatchObject({ version: 2 });
      const restored = await restore(person, path, 1);
      expect(restored.status).toBe(200);
      expect(await json(restored)).toMatchObject({ content: 'Be brief.', version: 3 });
      const { items, nextCursor } = await versions(person, path);
      expect(items.map(({ version, content }) => [version, content])).toEqual([
        [3, 'Be brief.'],
        [2, 'Be long.\n'],
        [1, 'Be brief.'],
      ]);
      expect(items[0]).toMatchObject({ restoredFrom: 1, createdBy: { id: person.userId, name } });
      expect(items[1]).not.toHaveProperty('restoredFrom');
      expect(nextCursor).toBeNull();
      expect(await json(person.fetch(`${path}/context/versions/2`))).toEqual(items[1]);
      expect((await person.fetch(`${path}/context/versions/4`)).status).toBe(404);
      expect((await restore(person, path, 4)).status).toBe(404);
    },
  );

  test('are listed by pages, which end where they would become too large', async () => {
    for (let version = 1; version <= 5; version++) await put(ann, ME, { content: `version ${version}` });
    const first = await versions(ann, ME, '?limit=2');
    expect(first.items.map(({ version }) => version)).toEqual([5, 4]);
    const second = await versions(ann, ME, `?limit=2&cursor=${first.nextCursor}`);
    expect(second.items.map(({ version }) => version)).toEqual([3, 2]);
    const last = await versions(ann, ME, `?limit=2&cursor=${second.nextCursor}`);
    expect(last.items.map(({ version }) => version)).toEqual([1]);
    expect(last.nextCursor).toBeNull();
    for (let version = 6; version <= 16; version++)
      await put(ann, ME, { content: `${version} `.padEnd(255 * 1024, 'x') });
    const answer = await ann.fetch(`${ME}/context/versions`);
    const text = await answer.text();
    expect(text.length).toBeLessThan(2.1 * 1024 * 1024);
    const page = JSON.parse(text) as { items: ContextVersion[]; nextCursor: string };
    expect(page.items[0]!.version).toBe(16);
    expect((await versions(ann, ME, `?cursor=${page.nextCursor}`)).items[0]!.version).toBe(
      page.items.at(-1)!.version - 1,
    );
  });
});

describe('savers at once', () => {
  test('who began with the same version have one winner; the others are told what is there', async () => {
    const path = await newChat(ann);
    for (const round of [0, 1, 2]) {
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          put(ann, path, { content: `round ${round}, text ${index}`, baseVersion: round }),
        ),
      );
      const won = answers.filter(({ status }) => status === 200);
      const lost = answers.filter(({ status }) => status === 409);
      expect([won.length, lost.length]).toEqual([1, 7]);
      const { isDefault: _none, ...current } = await json<Context>(won[0]!);
      expect(current.version).toBe(round + 1);
      for (const answer of lost)
        expect((await json<{ error: object }>(answer)).error).toMatchObject({
          code: 'conflict',
          reason: 'saved_meanwhile',
          current,
        });
    }
    const all = await Promise.all(
      Array.from({ length: 8 }, (_, index) => put(ann, path, { content: `without a base ${index}` })),
    );
    expect(all.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect((await versions(ann, path)).items.map(({ version }) => version)).toEqual([
      11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1,
    ]);
  });

  test('a stale version of the built-in text is a conflict as well', async () => {
    await put(boss, ADMIN, { content: 'One' });
    const { version } = await read(boss, ADMIN);
    const stale = await put(boss, ADMIN, { content: 'Two', baseVersion: version - 1 });
    expect(stale.status).toBe(409);
    expect((await json<{ error: { current: object } }>(stale)).error.current).toMatchObject({
      content: 'One',
      version,
    });
  });
});

describe('bounds', () => {
  test('text beyond 256 KiB is 413, what cannot be stored 400, and nothing is kept of it', async () => {
    for (const path of [ME, await newChat(ann)]) {
      expect((await put(ann, path, { content: 'x'.repeat(1024 * 1024) })).status).toBe(413);
      expect((await put(ann, path, { content: 'я'.repeat(128 * 1024 + 1) })).status).toBe(413);
      expect((await put(ann, path, { content: 'a\u0000b' })).status).toBe(400);
      expect((await put(ann, path, { content: 7 })).status).toBe(400);
      expect((await put(ann, path, { content: 'x', baseVersion: -1 })).status).toBe(400);
      expect((await put(ann, path, {})).status).toBe(400);
      expect((await versions(ann, path)).items).toEqual([]);
      expect((await put(ann, path, { content: 'я'.repeat(128 * 1024) })).status).toBe(200);
    }
    expect((await ann.fetch(`${ME}/context/versions/0`)).status).toBe(404);
    expect((await ann.fetch(`${ME}/context/versions/99999999999`)).status).toBe(404);
    expect((await ann.fetch(`${ME}/context/versions?cursor=x`)).status).toBe(400);
  });

  test('what they take counts as stored, is refused beyond the limit, and comes back with the chat', async () => {
    const counted = async () =>
      (await sql<{ bytes: number }>('SELECT bytes FROM storage WHERE owner_id = $1', [ann.userId]))[0]
        ?.bytes ?? 0;
    const path = await newChat(ann);
    const before = await counted();
    await put(ann, path, { content: 'é'.repeat(1_000) });
    await put(ann, ME, { content: 'x'.repeat(500) });
    expect((await counted()) - before).toBe(2_000 + 500 + 2 * 256);
    await recountStorage(parley.services);
    expect((await counted()) - before).toBe(2_000 + 500 + 2 * 256);
    await boss.fetch(`/api/v1/admin/users/${ann.userId}`, {
      method: 'PATCH',
      json: { maxStorageBytes: before + 5_000 },
    });
    const refused = await put(ann, path, { content: 'y'.repeat(9_000) });
    expect(refused.status).toBe(403);
    expect((await json<{ error: { code: string } }>(refused)).error.code).toBe('storage_limit');
    expect((await read(ann, path)).version).toBe(1);
    await ann.fetch(path, { method: 'DELETE' });
    const kept = () =>
      sql("SELECT FROM context_versions WHERE kind = 'chat' AND owner_id = $1", [path.split('/').at(-1)]);
    expect(await kept()).toHaveLength(1);
    await sql("UPDATE chats SET deleted_at = now() - interval '25 hours' WHERE id = $1", [
      path.split('/').at(-1),
    ]);
    await purgeDeletedChats(parley.services);
    expect(await kept()).toEqual([]);
    expect(await counted()).toBe(500 + 256);
  });
});

describe('who may', () => {
  test('strangers find no chat’s instructions, and only admins those of the instance', async () => {
    const path = await newChat(ann);
    await put(ann, path, { content: 'Secret' });
    for (const person of [stranger, boss]) {
      expect((await person.fetch(`${path}/context`)).status).toBe(404);
      expect((await put(person, path, { content: 'Mine now' })).status).toBe(404);
      expect((await person.fetch(`${path}/context/versions`)).status).toBe(404);
      expect((await person.fetch(`${path}/context/versions/1`)).status).toBe(404);
      expect((await restore(person, path, 1)).status).toBe(404);
    }
    expect((await ann.fetch(`${ADMIN}/context`)).status).toBe(403);
    expect((await put(ann, ADMIN, { content: 'Obey' })).status).toBe(403);
    expect((await read(ann, path)).content).toBe('Secret');
    await ann.fetch(path, { method: 'DELETE' });
    expect((await put(ann, path, { content: 'Too late' })).status).toBe(404);
  });

  test('a guest who signs in brings their instructions along, and an account that has some keeps its own', async () => {
    for (const has of [false, true]) {
      const account = await signUp(parley.url);
      if (has) await put(account, ME, { content: 'Of the account' });
      const visitor = await guest(parley.url);
      const chat = await newChat(visitor);
      await put(visitor, ME, { content: 'Of the guest' });
      await put(visitor, chat, { content: 'Of the chat' });
      const signedIn = await signIn(parley.url, account, visitor);
      expect((await read(signedIn, ME)).content).toBe(has ? 'Of the account' : 'Of the guest');
      expect(await read(signedIn, chat)).toMatchObject({
        content: 'Of the chat',
        updatedBy: { id: account.userId },
      });
      const counted = () => sql('SELECT bytes FROM storage WHERE owner_id = $1', [account.userId]);
      const before = await counted();
      await recountStorage(parley.services);
      expect(await counted()).toEqual(before);
      expect(await sql('SELECT FROM context_versions WHERE owner_id = $1', [visitor.userId])).toEqual([]);
    }
  });

  test('their tabs are told of a save, and of nothing when nothing was saved', async () => {
    const told: unknown[] = [];
    const off = parley.services.bus.subscribe(`user:${ann.userId}`, (message) => {
      if (message.type === 'context_saved') told.push(message.data);
    });
    const path = await newChat(ann);
    await put(ann, path, { content: 'A' });
    await put(ann, path, { content: 'A' });
    await put(ann, path, { content: 'B', baseVersion: 0 });
    await put(ann, ME, { content: 'C' });
    off();
    expect(told).toEqual([
      { kind: 'chat', version: 1, chatId: path.split('/').at(-1) },
      { kind: 'personal', version: 1 },
    ]);
  });
});
