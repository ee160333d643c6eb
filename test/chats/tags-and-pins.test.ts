/** Pins, tags over all chats, and what a list can be filtered by. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Chat } from '#features/chats/chats.ts';
import { type Person, personWith, signUp } from '../harness/accounts.ts';
import { makeKey } from '../harness/make.ts';
import { startTestParley, type TestParley } from '../harness/parley.ts';
import { ask, make, makeChat, put } from '../projects/people.ts';
import { list } from './order-people.ts';

let parley: TestParley;
beforeAll(async () => {
  parley = await startTestParley();
});
afterAll(() => parley.close());
const newPerson = () => signUp(parley.url);

describe('a pin', () => {
  test('is written by POST, PATCH and PUT, and moves nothing in the order of the list', async () => {
    const person = await newPerson();
    const one = await makeChat(person, { title: 'one', pinned: true });
    const two = await makeChat(person, { title: 'two' });
    expect([one.pinned, two.pinned]).toEqual([true, false]);
    expect(await list(person, '')).toEqual(['two', 'one']);
    expect(await list(person, 'pinned=true')).toEqual(['one']);
    expect(await list(person, 'pinned=false')).toEqual(['two']);
    const { body } = await ask<Chat>(person, 'PATCH', `/chats/${two.id}`, { pinned: true });
    expect(body).toMatchObject({ pinned: true, activeAt: two.activeAt });
    expect((await ask<Chat>(person, 'PUT', `/chats/${two.id}`, { title: 'two' })).body.pinned).toBe(false);
  });

  test('is its author’s to say: others who write there are refused, and a PUT of theirs leaves it', async () => {
    const [owner, author] = [await newPerson(), await newPerson()];
    const project = await make(owner);
    await put(owner, project, author, 'editor');
    const chat = await makeChat(author, { projectId: project.id, pinned: true });
    expect((await ask(owner, 'PATCH', `/chats/${chat.id}`, { pinned: false })).status).toBe(403);
    const whole = { title: 'New', projectId: project.id };
    expect((await ask(owner, 'PUT', `/chats/${chat.id}`, { ...whole, pinned: false })).status).toBe(403);
    expect((await ask<Chat>(owner, 'PUT', `/chats/${chat.id}`, whole)).body).toMatchObject({
      title: 'New',
      pinned: true,
    });
  });
});

describe('tags', () => {
  const tags = async (person: Person, query = '') =>
    (await ask<{ items: { name: string; count: number }[] }>(person, 'GET', `/tags?${query}`)).body.items.map(
      ({ name, count }) => `${name}: ${count}`,
    );
  const rename = (person: Person, name: string, to: unknown) =>
    ask<{ count: number; error: { field: string } }>(person, 'PATCH', `/tags/${encodeURIComponent(name)}`, {
      name: to,
    });

  test('are those of one’s own chats, archived ones too, of most chats first; with an API key as well', async () => {
    const [person, other] = [await newPerson(), await newPerson()];
    await makeChat(other, { tags: ['not yours'] });
    await makeChat(person, { tags: ['b', 'a'] });
    const old = await makeChat(person, { tags: ['b', 'Пилот'] });
    await ask(person, 'PATCH', `/chats/${old.id}`, { archived: true });
    const gone = await makeChat(person, { tags: ['gone', 'a'] });
    await ask(person, 'DELETE', `/chats/${gone.id}`);
    expect(await tags(person)).toEqual(['b: 2', 'a: 1', 'Пилот: 1']);
    expect(await tags(person, `q=${encodeURIComponent('пил')}`)).toEqual(['Пилот: 1']);
    const authorization = `Bearer ${await makeKey(person)}`;
    const program = personWith(parley.url, { userId: '', email: '', cookie: '' });
    const answer = await program.fetch('/api/v1/tags?limit=2', { headers: { authorization } });
    const { items, nextCursor } = (await answer.json()) as { items: object[]; nextCursor: string };
    expect(items).toHaveLength(2);
    expect(await tags(person, `cursor=${nextCursor}`)).toEqual(['Пилот: 1']);
    expect((await ask(person, 'GET', '/tags?cursor=none')).status).toBe(400);
  });

  test('are renamed in all of them, whatever is written in the name; two of one name become one', async () => {
    const [person, other] = [await newPerson(), await newPerson()];
    const others = await makeChat(other, { tags: ['a/b 100% «ё»'] });
    const both = await makeChat(person, { tags: ['x', 'a/b 100% «ё»', 'new', 'y'] });
    const one = await makeChat(person, { tags: ['a/b 100% «ё»'] });
    const gone = await makeChat(person, { tags: ['a/b 100% «ё»'] });
    await ask(person, 'DELETE', `/chats/${gone.id}`);
    expect(await rename(person, 'a/b 100% «ё»', 'new')).toEqual({
      status: 200,
      body: { name: 'new', count: 2 },
    });
    const read = async (who: Person, chat: Chat) =>
      (await ask<Chat>(who, 'GET', `/chats/${chat.id}`)).body.tags;
    expect(await read(person, both)).toEqual(['x', 'new', 'y']);
    expect(await read(person, one)).toEqual(['new']);
    expect(await read(other, others)).toEqual(['a/b 100% «ё»']);
    await ask(person, 'POST', `/chats/${gone.id}/restore`);
    expect(await read(person, gone)).toEqual(['new']);
    expect((await rename(person, 'new', 'new')).body.count).toBe(0);
  });

  test('that none has are not found, and a name must be one', async () => {
    const [person, other] = [await newPerson(), await newPerson()];
    await makeChat(other, { tags: ['theirs'] });
    expect((await rename(person, 'theirs', 'mine')).status).toBe(404);
    expect((await rename(person, 'x'.repeat(65), 'mine')).status).toBe(404);
    await makeChat(person, { tags: ['mine'] });
    for (const name of ['', '  ', 'x'.repeat(65), 7, undefined])
      expect(await rename(person, 'mine', name)).toMatchObject({
        status: 400,
        body: { error: { field: 'name' } },
      });
  });

  test('stay in a project’s chats where their author may only read by now', async () => {
    const [owner, author] = [await newPerson(), await newPerson()];
    const project = await make(owner);
    await put(owner, project, author, 'editor');
    const chat = await makeChat(author, { projectId: project.id, tags: ['ours'] });
    await put(owner, project, author, 'viewer');
    expect((await rename(author, 'ours', 'mine')).body.count).toBe(0);
    expect((await ask<Chat>(owner, 'GET', `/chats/${chat.id}`)).body.tags).toEqual(['ours']);
    await ask(owner, 'DELETE', `/projects/${project.id}/members/${author.userId}`);
    expect(await tags(author)).toEqual([]);
    expect((await rename(author, 'ours', 'mine')).status).toBe(404);
  });
});

test('a list is filtered by description, metadata, several tags, visibility, and when something was last said', async () => {
  const person = await newPerson();
  const project = await make(person);
  const one = await makeChat(person, {
    title: 'one',
    description: 'Round 2, 100% sure',
    tags: ['a', 'b'],
    metadata: { wave: 1, of: { kind: 'x', list: [1, 2] } },
  });
  await makeChat(person, { title: 'round', tags: ['a'], metadata: { wave: '1' } });
  await makeChat(person, { title: 'three', projectId: project.id });
  await parley.services.db.$client.query(
    `UPDATE chats SET active_at = '2026-01-31T12:00:00Z', model_id = 'e/m' WHERE id = $1`,
    [one.id],
  );
  const metadata = (value: unknown) => list(person, `metadata=${encodeURIComponent(JSON.stringify(value))}`);
  expect(await list(person, 'description=round')).toEqual(['one']);
  expect(await list(person, 'description=100%25')).toEqual(['one']);
  expect(await metadata({ wave: 1 })).toEqual(['one']);
  expect(await metadata({ wave: '1' })).toEqual(['round']);
  expect(await metadata({ of: { list: [2] } })).toEqual(['one']);
  expect(await metadata({ wave: 2 })).toEqual([]);
  expect(await metadata({})).toHaveLength(3);
  expect(await list(person, 'tag=a&tag=b')).toEqual(['one']);
  expect(await list(person, 'tag=a')).toEqual(['round', 'one']);
  const counted = await ask(person, 'GET', '/chats?tag=a&limit=1&total=true');
  expect(counted.body).toMatchObject({ total: 2, nextCursor: expect.any(String) });
  expect(await list(person, 'visibility=shared')).toEqual(['three']);
  expect(await list(person, 'before=2026-02-01')).toEqual(['one']);
  expect(await list(person, 'after=2026-01-31&before=2026-01-31T12:00:01Z')).toEqual(['one']);
  expect(await list(person, 'before=2026-01-31')).toEqual([]);
  expect(await list(person, 'modelId=e%2Fm')).toEqual(['one']);
  expect(await list(person, `agentId=${one.id}`)).toEqual([]);
});

test.each([
  ['colour=red', 'colour'],
  ['pinned=yes', 'pinned'],
  ['visibility=hidden', 'visibility'],
  ['before=tomorrow', 'before'],
  ['after=0000-01-01', 'after'],
  ['agentId=none', 'agentId'],
  ['metadata=wave', 'metadata'],
  ['metadata=[1]', 'metadata'],
  [`metadata=${encodeURIComponent('{"a":"\\u0000"}')}`, 'metadata'],
  [`metadata=${'{"a":'.repeat(400)}1${'}'.repeat(400)}`, 'metadata'],
  [`tag=${'x'.repeat(65)}`, 'tag'],
])('a list refuses %s, and names it', async (query, field) => {
  const person = await newPerson();
  expect(await ask(person, 'GET', `/chats?${query}`)).toMatchObject({
    status: 400,
    body: { error: { code: 'invalid_input', field } },
  });
});
