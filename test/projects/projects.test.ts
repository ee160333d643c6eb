import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Chat } from '#features/chats/chats.ts';
import type { Invite, Member, Project } from '#features/projects/projects.ts';
import { guest, type Person, signUp } from '../harness/accounts.ts';
import { addEndpoint } from '../harness/endpoints.ts';
import { startTestParley, type TestParley } from '../harness/parley.ts';
import { eventually } from '../harness/streams.ts';
import { ask, make, makeChat, put } from './people.ts';

let parley: TestParley;
let ada: Person;
let ben: Person;
let eve: Person;
beforeAll(async () => {
  parley = await startTestParley();
  await addEndpoint(parley.services);
  ada = await signUp(parley.url, { name: 'Ada' });
  ben = await signUp(parley.url, { name: 'Ben' });
  eve = await signUp(parley.url, { name: 'Eve' });
});
afterAll(() => parley.close());

test('a project is made, read, changed and listed by its members, newest activity first', async () => {
  const person = await signUp(parley.url);
  const first = await make(person, { name: ' First ', description: 'About it', icon: '🧪' });
  expect(first).toMatchObject({
    name: 'First',
    description: 'About it',
    icon: '🧪',
    role: 'owner',
    archived: false,
    defaultVisibility: 'shared',
    instructions: '',
    contextVersion: 0,
    chatCount: 0,
    memberCount: 1,
  });
  const second = await make(person, { name: 'Second' });
  const list = async (query = '') =>
    (await ask<{ items: Project[]; nextCursor: string | null }>(person, 'GET', `/projects${query}`)).body;
  expect((await list()).items.map(({ id }) => id)).toEqual([second.id, first.id]);
  await ask(person, 'POST', '/messages', {
    chat: { projectId: first.id },
    message: { content: 'Hello' },
  });
  expect((await list()).items.map(({ id, chatCount }) => [id, chatCount])).toEqual([
    [first.id, 1],
    [second.id, 0],
  ]);
  const page = await list('?limit=1');
  expect((await list(`?limit=1&cursor=${page.nextCursor}`)).items.map(({ id }) => id)).toEqual([second.id]);
  expect(
    (await ask(person, 'PATCH', `/projects/${second.id}`, { archived: true, name: 'Old' })).body,
  ).toMatchObject({
    archived: true,
    name: 'Old',
  });
  expect((await list()).items).toHaveLength(1);
  expect((await list('?archived=true')).items.map(({ name }) => name)).toEqual(['Old']);
  expect((await list('?archived=all&q=abou')).items.map(({ name }) => name)).toEqual(['First']);
});

test('what a project says to models is saved in versions, and told in its chats', async () => {
  const project = await make(ada, { instructions: 'Say aye.' });
  expect(project).toMatchObject({ instructions: 'Say aye.', contextVersion: 1 });
  const path = `/projects/${project.id}`;
  expect((await ask(ada, 'PATCH', path, { instructions: 'Say nay.' })).body).toMatchObject({
    contextVersion: 2,
  });
  expect((await ask(ada, 'PATCH', path, { instructions: 'Say nay.' })).body).toMatchObject({
    contextVersion: 2,
  });
  const restored = await ask(ada, 'POST', `${path}/context/versions/1/restore`);
  expect(restored.body).toMatchObject({ content: 'Say aye.', version: 3 });
  const stale = await ask(ada, 'PUT', `${path}/context`, { content: 'x', baseVersion: 2 });
  expect([stale.status, stale.body.error]).toEqual([
    409,
    expect.objectContaining({ code: 'conflict', current: expect.objectContaining({ version: 3 }) }),
  ]);
  expect((await ask(ada, 'GET', path)).body).toMatchObject({ instructions: 'Say aye.', contextVersion: 3 });
  const sent = await ask<{ reply: { id: string } }>(ada, 'POST', '/messages', {
    chat: { projectId: project.id },
    message: { content: '/script text="x" rate=0' },
  });
  const told = await eventually(
    () =>
      ask<{ messages: { layer: string; version: number; text: string }[] }>(
        ada,
        'GET',
        `/messages/${sent.body.reply.id}/context`,
      ),
    ({ status }) => status === 200,
  );
  expect(told.body.messages).toContainEqual(
    expect.objectContaining({ layer: 'project', version: 3, text: 'Say aye.' }),
  );
});

test('what cannot be a project is refused and named', async () => {
  expect((await ask(ada, 'POST', '/projects', { name: '  ' })).body).toMatchObject({
    error: { field: 'name' },
  });
  expect((await ask(ada, 'GET', '/projects?cursor=x')).body).toMatchObject({ error: { field: 'cursor' } });
  const unknown = '01970000-0000-7000-8000-000000000009';
  for (const path of ['/chats', '/messages']) {
    const chat = { projectId: unknown };
    const body = path === '/chats' ? chat : { chat, message: { content: 'x' } };
    const { status, body: refused } = await ask<{ error: { field: string } }>(ada, 'POST', path, body);
    expect([status, refused.error.field]).toEqual([400, 'projectId']);
  }
  const alone = await ask<{ error: { field: string } }>(ada, 'POST', '/chats', { visibility: 'shared' });
  expect([alone.status, alone.body.error.field]).toEqual([400, 'visibility']);
});

test('a chat is as visible as its project says, or as it says itself; moved out it is private', async () => {
  const open = await make(ada);
  const closed = await make(ada, { defaultVisibility: 'private' });
  expect((await makeChat(ada, { projectId: open.id })).visibility).toBe('shared');
  expect((await makeChat(ada, { projectId: open.id, visibility: 'private' })).visibility).toBe('private');
  const chat = await makeChat(ada, { projectId: closed.id });
  expect(chat).toMatchObject({ visibility: 'private', projectId: closed.id, authorId: ada.userId });
  const change = async (json: object) => (await ask<Chat>(ada, 'PATCH', `/chats/${chat.id}`, json)).body;
  expect(await change({ visibility: 'shared' })).toMatchObject({
    visibility: 'shared',
    projectId: closed.id,
  });
  expect(await change({ title: 'Named' })).toMatchObject({ visibility: 'shared', projectId: closed.id });
  expect(await change({ projectId: null })).toMatchObject({ visibility: 'private', projectId: null });
  expect(await change({ projectId: open.id })).toMatchObject({ visibility: 'shared', projectId: open.id });
});

test('members are listed owners first; the last owner can neither leave nor become something else', async () => {
  const project = await make(ada);
  expect((await put(ada, project, ben, 'viewer')).body).toMatchObject({ name: 'Ben', role: 'viewer' });
  expect((await put(ada, project, eve, 'owner')).status).toBe(200);
  const members = await ask<{ items: Member[] }>(ben, 'GET', `/projects/${project.id}/members`);
  expect(members.body.items.map(({ name, role }) => `${name} ${role}`)).toEqual([
    'Ada owner',
    'Eve owner',
    'Ben viewer',
  ]);
  const leave = (person: Person) => ask(person, 'DELETE', `/projects/${project.id}/members/${person.userId}`);
  expect((await leave(eve)).status).toBe(204);
  expect((await leave(ada)).status).toBe(409);
  expect((await put(ada, project, ada, 'editor')).status).toBe(409);
  expect((await put(ada, project, ben, 'owner')).status).toBe(200);
  expect((await leave(ada)).status).toBe(204);
  expect((await ask(ada, 'GET', `/projects/${project.id}`)).status).toBe(404);
  const nobody = { ...ada, userId: '01970000-0000-7000-8000-000000000009' };
  expect((await put(ben, project, nobody, 'viewer')).status).toBe(404);
});

test('of two owners who leave at the same moment one stays', async () => {
  const project = await make(ada);
  await put(ada, project, ben, 'owner');
  const left = await Promise.all(
    [ada, ben].map((person) => ask(person, 'DELETE', `/projects/${project.id}/members/${person.userId}`)),
  );
  expect(left.map(({ status }) => status).sort()).toEqual([204, 409]);
});

test('an invitation lets in as many as it says, each once, until it expires or is withdrawn', async () => {
  const project = await make(ada);
  const invite = async (json: object) =>
    (await ask<Invite & { token: string }>(ada, 'POST', `/projects/${project.id}/invites`, json)).body;
  const join = (person: Person, token: string) => ask<Project>(person, 'POST', '/projects/join', { token });
  const once = await invite({ role: 'editor', maxUses: 1 });
  const joined = await Promise.all([join(ben, once.token), join(eve, once.token)]);
  expect(joined.map(({ status }) => status).sort()).toEqual([200, 404]);
  const [inside, outside] = joined[0].status === 200 ? [ben, eve] : [eve, ben];
  expect((await join(inside, once.token)).body).toMatchObject({
    id: project.id,
    role: 'editor',
    memberCount: 2,
  });
  expect((await join(outside, once.token)).status).toBe(404);
  const viewers = await invite({ role: 'viewer' });
  // Who is in already is not made less.
  expect((await join(ada, viewers.token)).body.role).toBe('owner');
  const listed = (await ask<{ items: Invite[] }>(ada, 'GET', `/projects/${project.id}/invites`)).body.items;
  expect(listed).toEqual([expect.objectContaining({ id: viewers.id, uses: 0, role: 'viewer' })]);
  expect(JSON.stringify(listed)).not.toContain(viewers.token);
  expect((await ask(ada, 'DELETE', `/projects/${project.id}/invites/${viewers.id}`)).status).toBe(204);
  expect((await join(outside, viewers.token)).status).toBe(404);
  const short = await invite({ role: 'viewer', expiresAt: new Date(Date.now() + 60_000).toISOString() });
  await parley.services.db.$client.query(`UPDATE project_invites SET expires_at = now() WHERE id = $1`, [
    short.id,
  ]);
  expect((await join(outside, short.token)).status).toBe(404);
  expect((await join(outside, 'x')).status).toBe(404);
  const past = await ask<{ error: { field: string } }>(ada, 'POST', `/projects/${project.id}/invites`, {
    role: 'viewer',
    expiresAt: '2020-01-01T00:00:00Z',
  });
  expect([past.status, past.body.error.field]).toEqual([400, 'expiresAt']);
});

test('guests have projects of their own, which come along to their account, but neither invite nor join', async () => {
  const visitor = await guest(parley.url);
  const project = await make(visitor);
  expect((await ask(visitor, 'POST', `/projects/${project.id}/invites`, { role: 'viewer' })).status).toBe(
    403,
  );
  expect((await put(visitor, project, ben, 'viewer')).status).toBe(403);
  const other = await make(ada);
  expect((await put(ada, other, visitor, 'viewer')).status).toBe(400);
  expect((await ask(visitor, 'POST', '/projects/join', { token: 'x' })).status).toBe(403);
  const account = await signUp(parley.url, { as: visitor });
  expect((await ask(account, 'GET', `/projects/${project.id}`)).body).toMatchObject({ role: 'owner' });
});

test('who leaves takes their private chats along; what they wrote in shared ones stays in the room', async () => {
  const project = await make(ada);
  await put(ada, project, ben, 'editor');
  const own = await makeChat(ben, { projectId: project.id, visibility: 'private', title: 'Own' });
  const shared = await makeChat(ben, { projectId: project.id, title: 'Shared' });
  await ask(ada, 'DELETE', `/projects/${project.id}/members/${ben.userId}`);
  expect((await ask(ben, 'GET', `/chats/${own.id}`)).body).toMatchObject({ projectId: null });
  expect((await ask(ben, 'GET', `/chats/${shared.id}`)).status).toBe(404);
  expect((await ask<Chat>(ada, 'GET', `/chats/${shared.id}`)).body.authorId).toBe(ben.userId);
  const list = (await ask<{ items: Chat[] }>(ben, 'GET', '/chats')).body.items.map(({ id }) => id);
  expect([list.includes(own.id), list.includes(shared.id)]).toEqual([true, false]);
});
