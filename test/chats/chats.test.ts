import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Person, startChats } from './people.ts';

let chats: Awaited<ReturnType<typeof startChats>>;
let ann: Person;
let bob: Person;
beforeAll(async () => {
  chats = await startChats();
  [ann, bob] = await Promise.all([chats.newPerson(), chats.newPerson()]);
});
afterAll(() => chats.close());

/** Everything somebody may write of a chat, in characters that are easily lost. */
const FIELDS = {
  title: 'Кофе & <b>tea</b> \u{1F375}',
  tags: ['study 1', 'with "quotes"', 'Ärger,{}'],
  description: 'Two\nlines\u2028and "more"',
  metadata: { participant: 7, nested: { list: [1, null, true, 'x'] }, '': 'empty key' },
};

test('a stranger can neither read, change, delete, restore nor page a chat', async () => {
  const { body: chat } = await ann.call('POST', '/chats', { title: 'Private' });
  const attempts: [Parameters<Person['call']>[0], string, unknown?][] = [
    ['GET', ''],
    ['PATCH', '', { title: 'Taken' }],
    ['PUT', '', {}],
    ['DELETE', ''],
    ['POST', '/restore'],
    ['GET', '/messages'],
  ];
  const unknown = await bob.call('GET', `/chats/${randomUUID()}`);
  for (const [method, path, body] of attempts) {
    const answer = await bob.call(method, `/chats/${chat.id}${path}`, body);
    expect([method, path, answer]).toEqual([method, path, unknown]);
    expect(answer.status).toBe(404);
  }
  expect((await bob.call('GET', '/chats?archived=all')).body.items).toEqual([]);
  expect((await bob.call('GET', '/chats/no-id-at-all')).status).toBe(404);
  expect((await ann.call('GET', `/chats/${chat.id}`)).body).toEqual(chat);
});

test('every field of a chat comes back as it was written', async () => {
  const created = await ann.call('POST', '/chats', FIELDS);
  expect(created.status).toBe(201);
  expect(created.body).toMatchObject({ ...FIELDS, archived: false, leafMessageId: null, modelId: null });
  expect((await ann.call('GET', `/chats/${created.body.id}`)).body).toEqual(created.body);
  const listed = await ann.call('GET', '/chats?tag=study%201');
  expect(listed.body.items).toContainEqual(created.body);
});

test('a project that is not there can be named neither when a chat is made nor later', async () => {
  const projectId = randomUUID();
  const { body: chat } = await ann.call('POST', '/chats', { projectId: null });
  for (const answer of [
    await ann.call('POST', '/chats', { projectId }),
    await ann.call('POST', '/messages', { chat: { projectId }, message: { content: 'Hello' } }),
    await ann.call('PATCH', `/chats/${chat.id}`, { projectId }),
    await ann.call('PUT', `/chats/${chat.id}`, { projectId }),
  ])
    expect([answer.status, answer.body.error]).toMatchObject([
      400,
      { code: 'invalid_input', field: 'projectId' },
    ]);
  expect((await ann.call('GET', `/chats/${chat.id}`)).body).toEqual(chat);
});

test('a chat can be made without a body', async () => {
  const { status, body } = await ann.call('POST', '/chats');
  expect(status).toBe(201);
  expect(body).toMatchObject({ title: '', tags: [], description: '', metadata: {}, projectId: null });
});

test('the same id again finds the same chat, and nobody else can take it', async () => {
  const id = randomUUID();
  const first = await ann.call('POST', '/chats', { id, title: 'Mine' });
  const again = await ann.call('POST', '/chats', { id, title: 'Mine' });
  expect(again).toEqual(first);
  const taken = await bob.call('POST', '/chats', { id });
  expect(taken.status).toBe(409);
  expect(JSON.stringify(taken.body)).not.toContain('Mine');
});

test('PATCH changes what is named and nothing else', async () => {
  const { body: chat } = await ann.call('POST', '/chats', FIELDS);
  const { status, body } = await ann.call('PATCH', `/chats/${chat.id}`, { title: 'Renamed', tags: [] });
  expect(status).toBe(200);
  expect(body).toEqual({ ...chat, title: 'Renamed', tags: [], updatedAt: body.updatedAt });
  expect(body.updatedAt >= chat.updatedAt).toBe(true);
});

test('PUT replaces everything that may be written; what is missing returns to its default', async () => {
  const { body: chat } = await ann.call('POST', '/chats', FIELDS);
  await ann.call('PATCH', `/chats/${chat.id}`, { archived: true });
  const { status, body } = await ann.call('PUT', `/chats/${chat.id}`, { title: 'Only this' });
  expect(status).toBe(200);
  expect(body).toEqual({
    ...chat,
    title: 'Only this',
    tags: [],
    description: '',
    metadata: {},
    projectId: null,
    archived: false,
    updatedAt: body.updatedAt,
  });
});

test('a deleted chat is gone at once and comes back whole when the deletion is undone', async () => {
  const { body: chat } = await ann.call('POST', '/chats', FIELDS);
  expect(await ann.call('DELETE', `/chats/${chat.id}`)).toEqual({ status: 204, body: null });
  for (const [method, path] of [
    ['GET', ''],
    ['DELETE', ''],
    ['GET', '/messages'],
  ] as const)
    expect((await ann.call(method, `/chats/${chat.id}${path}`)).status).toBe(404);
  expect((await ann.call('POST', '/chats', { id: chat.id })).status).toBe(409);
  expect(await ann.call('POST', `/chats/${chat.id}/restore`)).toEqual({ status: 200, body: chat });
  expect((await ann.call('GET', `/chats/${chat.id}`)).body).toEqual(chat);
});

test('a chat deleted longer than a day ago cannot come back', async () => {
  const { body: chat } = await ann.call('POST', '/chats');
  await ann.call('DELETE', `/chats/${chat.id}`);
  await chats.services.db.$client.query(
    `UPDATE chats SET deleted_at = now() - interval '24 hours 1 second' WHERE id = $1`,
    [chat.id],
  );
  expect((await ann.call('POST', `/chats/${chat.id}/restore`)).status).toBe(404);
});

test("changes are told to the owner's other tabs and to nobody else", async () => {
  const heard: unknown[] = [];
  const stop = chats.services.bus.subscribe(`user:${ann.userId}`, (message) => heard.push(message));
  const { body: chat } = await ann.call('POST', '/chats', { title: 'One' });
  await ann.call('POST', '/chats', { id: chat.id });
  const { body: renamed } = await ann.call('PATCH', `/chats/${chat.id}`, { title: 'Two' });
  await ann.call('DELETE', `/chats/${chat.id}`);
  const { body: restored } = await ann.call('POST', `/chats/${chat.id}/restore`);
  await bob.call('POST', '/chats', { title: 'Not hers' });
  stop();
  expect(heard).toEqual([
    { type: 'chat_saved', data: { chat } },
    { type: 'chat_saved', data: { chat: renamed } },
    { type: 'chat_deleted', data: { chatId: chat.id } },
    { type: 'chat_saved', data: { chat: restored } },
  ]);
});

describe('input that cannot be used is a 400 that names the field', () => {
  const wrong: [field: string, method: 'GET' | 'POST', path: string, body?: unknown][] = [
    ['limit', 'GET', '/chats?limit=0'],
    ['limit', 'GET', '/chats?limit=201'],
    ['limit', 'GET', '/chats?limit=ten'],
    ['cursor', 'GET', '/chats?cursor=nonsense'],
    [
      'cursor',
      'GET',
      `/chats?cursor=${Buffer.from(`9999-99-99T00:00:00.000000Z ${randomUUID()}`).toString('base64url')}`,
    ],
    ['archived', 'GET', '/chats?archived=maybe'],
    ['projectId', 'GET', '/chats?projectId=1'],
    ['q', 'GET', '/chats?q=%00'],
    ['title', 'POST', '/chats', { title: 5 }],
    ['title', 'POST', '/chats', { title: 'x'.repeat(301) }],
    ['title', 'POST', '/chats', { title: 'a\u0000b' }],
    ['title', 'POST', '/chats', { title: '\ud800' }],
    ['tags.1', 'POST', '/chats', { tags: ['fine', ''] }],
    ['metadata', 'POST', '/chats', { metadata: { key: 'a\u0000b' } }],
    ['id', 'POST', '/chats', { id: 'not-an-id' }],
  ];
  test.each(wrong)('%s: %s %s %j', async (field, method, path, body) => {
    const answer = await ann.call(method, path, body);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject({ code: 'invalid_input', field });
  });
});
