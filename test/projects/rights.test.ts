/** Who may do what in a project and its shared chats: one table of rights, every route and channel, every kind of person. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Right } from '#platform/principal.ts';
import { admin, guest, type Person, signUp } from '../harness/accounts.ts';
import { addEndpoint } from '../harness/endpoints.ts';
import { startTestParley, type TestParley } from '../harness/parley.ts';
import { BODIES, makeItem } from '../harness/route-fixtures.ts';
import { eventually } from '../harness/streams.ts';
import { upgrade } from '../harness/upgrade.ts';

/** Every route whose address names a project, an agent or something of a chat, and the right that it needs; a new one must be added. */
const RIGHTS: Record<string, Right> = {
  'GET /api/v1/projects/:projectId': 'read',
  'PATCH /api/v1/projects/:projectId': 'write',
  'DELETE /api/v1/projects/:projectId': 'manage',
  'POST /api/v1/projects/:projectId/restore': 'manage',
  'GET /api/v1/projects/:projectId/members': 'read',
  'PUT /api/v1/projects/:projectId/members/:userId': 'manage',
  'DELETE /api/v1/projects/:projectId/members/:userId': 'manage',
  'POST /api/v1/projects/:projectId/invites': 'manage',
  'GET /api/v1/projects/:projectId/invites': 'manage',
  'DELETE /api/v1/projects/:projectId/invites/:inviteId': 'manage',
  'GET /api/v1/projects/:projectId/context': 'read',
  'PUT /api/v1/projects/:projectId/context': 'write',
  'GET /api/v1/projects/:projectId/context/versions': 'read',
  'GET /api/v1/projects/:projectId/context/versions/:version': 'read',
  'POST /api/v1/projects/:projectId/context/versions/:version/restore': 'write',
  'GET /api/v1/chats/:chatId': 'read',
  'PATCH /api/v1/chats/:chatId': 'write',
  'PUT /api/v1/chats/:chatId': 'manage',
  'DELETE /api/v1/chats/:chatId': 'manage',
  'POST /api/v1/chats/:chatId/restore': 'manage',
  'GET /api/v1/chats/:chatId/messages': 'read',
  'POST /api/v1/chats/:chatId/messages': 'write',
  'GET /api/v1/chats/:chatId/shares': 'manage',
  'POST /api/v1/chats/:chatId/shares': 'manage',
  'DELETE /api/v1/chats/:chatId/shares/:shareId': 'manage',
  'GET /api/v1/chats/:chatId/outbox': 'read',
  'PATCH /api/v1/outbox/:outboxId': 'write',
  'DELETE /api/v1/outbox/:outboxId': 'write',
  'POST /api/v1/outbox/:outboxId/send': 'write',
  'GET /api/v1/chats/:chatId/stream': 'read',
  'GET /api/v1/chats/:chatId/context': 'read',
  'PUT /api/v1/chats/:chatId/context': 'write',
  'GET /api/v1/chats/:chatId/context/versions': 'read',
  'GET /api/v1/chats/:chatId/context/versions/:version': 'read',
  'POST /api/v1/chats/:chatId/context/versions/:version/restore': 'write',
  'GET /api/v1/messages/:messageId/context': 'read',
  'GET /api/v1/messages/:messageId': 'read',
  'POST /api/v1/messages/:messageId/replies': 'write',
  'PATCH /api/v1/messages/:messageId': 'write',
  'DELETE /api/v1/messages/:messageId': 'write',
  'POST /api/v1/messages/:messageId/restore': 'write',
  'POST /api/v1/messages/:messageId/edit': 'write',
  'POST /api/v1/messages/:messageId/fork': 'read',
  'PUT /api/v1/messages/:replyId/rating': 'read',
  'POST /api/v1/messages/:userMessageId/prefer': 'write',
  'GET /api/v1/chats/:chatId/tree': 'read',
  'GET /api/v1/chats/:chatId/export': 'read',
  'GET /api/v1/chats/:chatId/settings': 'read',
  'GET /api/v1/agents/:agentId': 'read',
  'PATCH /api/v1/agents/:agentId': 'write',
  'DELETE /api/v1/agents/:agentId': 'write',
  'GET /api/v1/agents/:agentId/versions': 'read',
  'GET /api/v1/agents/:agentId/versions/:version': 'read',
  'POST /api/v1/agents/:agentId/versions/:version/restore': 'write',
  'GET /api/v1/generations/:generationId': 'read',
  'GET /api/v1/generations/:generationId/events': 'read',
  'POST /api/v1/generations/:generationId/cancel': 'write',
  'POST /api/v1/generations/:generationId/retry': 'write',
};

/** What each may at most; `null`: nothing is there for them. */
const PEOPLE: Record<string, { who: () => Person; may: Right | null }> = {
  owner: { who: () => owner, may: 'manage' },
  editor: { who: () => editor, may: 'write' },
  viewer: { who: () => viewer, may: 'read' },
  former: { who: () => former, may: null },
  stranger: { who: () => stranger, may: null },
  admin: { who: () => boss, may: null },
  guest: { who: () => visitor, may: null },
};
const ORDER: readonly Right[] = ['read', 'write', 'manage'];

let parley: TestParley;
let boss: Person;
let owner: Person;
let author: Person;
let editor: Person;
let viewer: Person;
let former: Person;
let stranger: Person;
let disabled: Person;
let visitor: Person;
let projectId: string;

beforeAll(async () => {
  parley = await startTestParley();
  await addEndpoint(parley.services);
  boss = await admin(parley.url);
  const people: Person[] = [];
  for (let count = 0; count < 7; count++) people.push(await signUp(parley.url));
  [owner, author, editor, viewer, former, stranger, disabled] = people as [
    Person,
    Person,
    Person,
    Person,
    Person,
    Person,
    Person,
  ];
  visitor = await guest(parley.url);
  projectId = await makeProject();
  await boss.fetch(`/api/v1/admin/users/${disabled.userId}`, { method: 'PATCH', json: { disabled: true } });
});
afterAll(() => parley.close());

/** A project of the owner with one of each kind; what is in it was written by an editor of it. */
async function makeProject(): Promise<string> {
  const made = await owner.fetch('/api/v1/projects', { method: 'POST', json: { name: 'Room' } });
  const { id } = (await made.json()) as { id: string };
  for (const [person, role] of [
    [author, 'editor'],
    [editor, 'editor'],
    [viewer, 'viewer'],
    [former, 'editor'],
    [disabled, 'editor'],
  ] as const)
    await owner.fetch(`/api/v1/projects/${id}/members/${person.userId}`, { method: 'PUT', json: { role } });
  await owner.fetch(`/api/v1/projects/${id}/members/${former.userId}`, { method: 'DELETE' });
  return id;
}

/**
 * A shared chat of the author with a message and a reply that has ended, so that asking for it changes nothing. What somebody has
 * waiting there is their own.
 */
async function makeIds(route: string, person: Person = author): Promise<Record<string, string>> {
  const own = /DELETE .*projectId$|restore/.test(route) ? await makeProject() : projectId;
  const sent = await author.fetch('/api/v1/messages', {
    method: 'POST',
    json: { chat: { projectId: own }, message: { content: '/script text="x" rate=0' } },
  });
  const { chat, message, reply, generation } = (await sent.json()) as Record<
    'chat' | 'message' | 'reply' | 'generation',
    { id: string }
  >;
  await eventually(
    async () =>
      ((await (await author.fetch(`/api/v1/generations/${generation.id}`)).json()) as { state: string })
        .state,
    (state) => !['queued', 'running'].includes(state),
  );
  for (const path of [`chats/${chat.id}`, `projects/${own}`])
    await author.fetch(`/api/v1/${path}/context`, { method: 'PUT', json: { content: 'Be brief.' } });
  const invited = await owner.fetch(`/api/v1/projects/${own}/invites`, {
    method: 'POST',
    json: { role: 'viewer' },
  });
  return {
    ':projectId': own,
    ':chatId': chat.id,
    ...(route.includes(':agentId') && { ':agentId': await makeAgent(own) }),
    ':outboxId': await makeItem(parley.services.db.$client, chat.id, person.userId),
    ':shareId': await makeShare(author, chat.id),
    ':version': '1',
    ':messageId': /DELETE|messageId\/(?:restore|context)/.test(route) ? reply.id : message.id,
    ':userMessageId': message.id,
    ':replyId': reply.id,
    ':generationId': generation.id,
    ':inviteId': ((await invited.json()) as { id: string }).id,
    // Of whom everybody may be told something: a member beside those who ask.
    ':userId': disabled.userId,
  };
}

async function makeAgent(id: string): Promise<string> {
  const json = { name: 'Poet', scope: 'project', projectId: id };
  return ((await (await author.fetch('/api/v1/agents', { method: 'POST', json })).json()) as { id: string })
    .id;
}

async function makeShare(person: Person, chatId: string): Promise<string> {
  const made = await person.fetch(`/api/v1/chats/${chatId}/shares`, { method: 'POST', json: {} });
  return ((await made.json()) as { id: string }).id;
}

/** Prefers a reply to another one. */
async function preference(messageId: string): Promise<object> {
  const ids: string[] = [];
  for (let count = 0; count < 2; count++) {
    const made = await author.fetch(`/api/v1/messages/${messageId}/replies`, { method: 'POST', json: {} });
    ids.push(((await made.json()) as { reply: { id: string } }).reply.id);
  }
  return { chosen: ids[0], over: [ids[1]], verdict: 'better' };
}

async function bodyOf(route: string, path: string): Promise<unknown> {
  if (route.endsWith('/prefer')) return preference(path.split('/').at(-2)!);
  return BODIES[route] ?? {};
}

async function statusOf(person: Person, method: string, path: string, route: string): Promise<number> {
  if (route.endsWith('/stream')) return upgrade(parley.url, person, path);
  const hasBody = method !== 'GET' && method !== 'DELETE';
  const answer = await person.fetch(path, {
    method,
    ...(hasBody && { json: await bodyOf(route, path) }),
    signal: AbortSignal.timeout(20_000),
  });
  await answer.body?.cancel();
  return answer.status;
}

test('the table names every route of projects, agents, chats, messages, outboxes and generations, and no other', () => {
  const named = parley.parley.routes
    .filter(
      ({ method, url, access }) =>
        access !== 'admin' &&
        method !== 'HEAD' &&
        method !== 'OPTIONS' &&
        /:(?:projectId|chatId|agentId|messageId|replyId|userMessageId|generationId|outboxId)/.test(url),
    )
    .map(({ method, url }) => `${method} ${url}`);
  expect(Object.keys(RIGHTS).toSorted()).toEqual(named.toSorted());
});

describe.each(Object.entries(RIGHTS))('%s needs the right to %s', (route, needed) => {
  const [method = '', url = ''] = route.split(' ');

  test('and everybody is told accordingly', async () => {
    const wanted: Record<string, number | 'in'> = { disabled: 401 };
    const found: Record<string, number | 'in'> = {};
    // Those who get in come last: they may take it away.
    for (const [name, { who, may }] of Object.entries(PEOPLE).toReversed()) {
      const ids = await makeIds(route, who());
      const path = url.replace(/:\w+/g, (param) => ids[param]!);
      if (url.endsWith('/projects/:projectId/restore'))
        await owner.fetch(path.replace('/restore', ''), { method: 'DELETE' });
      if (url.endsWith('/chats/:chatId/restore'))
        await author.fetch(path.replace('/restore', ''), { method: 'DELETE' });
      const status = await statusOf(who(), method, path, route);
      found[name] = status < 400 || status === 409 ? 'in' : status;
      wanted[name] = may === null ? 404 : ORDER.indexOf(may) >= ORDER.indexOf(needed) ? 'in' : 403;
      if (name === 'owner') found.disabled = await statusOf(disabled, method, path, route);
    }
    expect(found).toEqual(wanted);
  });
});

describe('a private chat in a project', () => {
  test('is not there for anybody but its author', async () => {
    const made = await author.fetch('/api/v1/chats', {
      method: 'POST',
      json: { projectId, visibility: 'private', title: 'Mine alone' },
    });
    const { id } = (await made.json()) as { id: string };
    for (const { who } of Object.values(PEOPLE)) {
      expect((await who().fetch(`/api/v1/chats/${id}`)).status).toBe(404);
      const list = await who().fetch(`/api/v1/chats?projectId=${projectId}`);
      expect(await list.text()).not.toContain(id);
    }
    expect((await author.fetch(`/api/v1/chats/${id}`)).status).toBe(200);
  });
});

test('an editor moves and takes away their own shared chats, not those of others; a viewer none', async () => {
  const ids = await makeIds('');
  const change = (person: Person, json: object) =>
    person.fetch(`/api/v1/chats/${ids[':chatId']}`, { method: 'PATCH', json }).then(({ status }) => status);
  expect(await change(editor, { visibility: 'private' })).toBe(403);
  expect(await change(editor, { projectId: null })).toBe(403);
  expect(await change(editor, { title: 'Named by an editor' })).toBe(200);
  await owner.fetch(`/api/v1/projects/${projectId}/members/${author.userId}`, {
    method: 'PUT',
    json: { role: 'viewer' },
  });
  expect(await change(author, { visibility: 'private' })).toBe(403);
  await owner.fetch(`/api/v1/projects/${projectId}/members/${author.userId}`, {
    method: 'PUT',
    json: { role: 'editor' },
  });
  expect(await change(author, { visibility: 'private' })).toBe(200);
  expect(await change(owner, { visibility: 'shared' })).toBe(404);
});

test('a viewer makes no chats in the project, and moves none into it', async () => {
  const made = await viewer.fetch('/api/v1/chats', { method: 'POST', json: { projectId } });
  expect(made.status).toBe(403);
  const own = (await (await viewer.fetch('/api/v1/chats', { method: 'POST', json: {} })).json()) as {
    id: string;
  };
  const moved = await viewer.fetch(`/api/v1/chats/${own.id}`, { method: 'PATCH', json: { projectId } });
  expect(moved.status).toBe(403);
});
