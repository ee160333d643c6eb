import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Chat } from '#features/chats/chats.ts';
import type { Invite, Member, Project } from '#features/projects/projects.ts';
import { purgeDeletedProjects } from '#features/projects/server/index.ts';
import { guest, type Person, signUp } from '../harness/accounts.ts';
import { addEndpoint } from '../harness/endpoints.ts';
import { startTestParley, type TestParley } from '../harness/parley.ts';

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

/** The status and the body of asking. */
async function ask<T = Record<string, unknown>>(
  person: Person,
  method: string,
  path: string,
  json?: unknown,
): Promise<{ status: number; body: T }> {
  const answer = await person.fetch(`/api/v1${path}`, { method, ...(json !== undefined && { json }) });
  const text = await answer.text();
  return { status: answer.status, body: (text === '' ? null : JSON.parse(text)) as T };
}
const make = async (person: Person, more: object = {}): Promise<Project> =>
  (await ask<Project>(person, 'POST', '/projects', { name: 'Study', ...more })).body;
const makeChat = async (person: Person, more: object): Promise<Chat> =>
  (await ask<Chat>(person, 'POST', '/chats', more)).body;
const put = (person: Person, project: Project, other: Person, role: string) =>
  ask<Member>(person, 'PUT', `/projects/${project.id}/members/${other.userId}`, { role });
const titles = async (person: Person, project: Project): Promise<string[]> =>
  (await ask<{ items: Chat[] }>(person, 'GET', `/chats?projectId=${project.id}`)).body.items.map(
    ({ title }) => title,
  );

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

test('the chats of a deleted project go back to their authors, and come back with it', async () => {
  const project = await make(ada);
  await put(ada, project, ben, 'editor');
  const shared = await makeChat(ben, { projectId: project.id, title: 'By Ben' });
  const moved = await makeChat(ada, { projectId: project.id, title: 'By Ada' });
  expect((await ask(ben, 'DELETE', `/projects/${project.id}`)).status).toBe(403);
  expect((await ask(ada, 'DELETE', `/projects/${project.id}`)).status).toBe(204);
  for (const person of [ada, ben])
    expect((await ask(person, 'GET', `/projects/${project.id}`)).status).toBe(404);
  expect((await ask(ben, 'GET', `/chats/${shared.id}`)).body).toMatchObject({
    projectId: null,
    visibility: 'private',
  });
  expect((await ask(ada, 'GET', `/chats/${shared.id}`)).status).toBe(404);
  const elsewhere = await make(ada);
  await ask(ada, 'PATCH', `/chats/${moved.id}`, { projectId: elsewhere.id });
  expect((await ask(ben, 'POST', `/projects/${project.id}/restore`)).status).toBe(403);
  expect((await ask(ada, 'POST', `/projects/${project.id}/restore`)).body).toMatchObject({
    id: project.id,
    chatCount: 1,
  });
  expect((await ask(ada, 'GET', `/chats/${shared.id}`)).body).toMatchObject({ visibility: 'shared' });
  expect((await ask(ada, 'GET', `/chats/${moved.id}`)).body).toMatchObject({ projectId: elsewhere.id });
});

test('with its chats a project takes what its owner may delete; others keep what is theirs alone', async () => {
  const project = await make(ada);
  await put(ada, project, ben, 'editor');
  const shared = await makeChat(ben, { projectId: project.id, title: 'Shared' });
  const own = await makeChat(ben, { projectId: project.id, visibility: 'private', title: 'Own' });
  const before = await makeChat(ada, { projectId: project.id, title: 'Deleted before' });
  await ask(ada, 'DELETE', `/chats/${before.id}`);
  await ask(ada, 'DELETE', `/projects/${project.id}?chats=delete`);
  expect((await ask(ben, 'GET', `/chats/${shared.id}`)).status).toBe(404);
  expect((await ask(ben, 'GET', `/chats/${own.id}`)).status).toBe(200);
  await ask(ada, 'POST', `/projects/${project.id}/restore`);
  expect(await titles(ada, project)).toEqual(['Shared']);
  expect((await titles(ben, project)).sort()).toEqual(['Own', 'Shared']);
});

test('what comes back with a project and is more than its author may have comes back archived', async () => {
  const owner = await signUp(parley.url);
  const project = await make(owner);
  for (const title of ['One', 'Two']) await makeChat(owner, { projectId: project.id, title });
  await ask(owner, 'DELETE', `/projects/${project.id}?chats=delete`);
  await parley.services.db.$client.query('UPDATE users SET max_chats = 1 WHERE id = $1', [owner.userId]);
  await ask(owner, 'POST', `/projects/${project.id}/restore`);
  expect(await titles(owner, project)).toEqual(['Two']);
  const archived = await ask<{ items: Chat[] }>(owner, 'GET', `/chats?projectId=${project.id}&archived=true`);
  expect(archived.body.items.map(({ title }) => title)).toEqual(['One']);
});

test('a day later a deleted project is gone for good, and its chats stay with their authors', async () => {
  const project = await make(ada);
  const chat = await makeChat(ada, { projectId: project.id, title: 'Stays' });
  await ask(ada, 'DELETE', `/projects/${project.id}`);
  expect(await purgeDeletedProjects(parley.services)).toBe(0);
  await parley.services.db.$client.query(
    `UPDATE projects SET deleted_at = now() - interval '25 hours' WHERE id = $1`,
    [project.id],
  );
  expect((await ask(ada, 'POST', `/projects/${project.id}/restore`)).status).toBe(404);
  expect(await purgeDeletedProjects(parley.services)).toBe(1);
  expect((await ask(ada, 'GET', `/chats/${chat.id}`)).body).toMatchObject({
    title: 'Stays',
    projectId: null,
  });
});
