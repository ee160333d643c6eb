import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Chat } from '#features/chats/chats.ts';
import { purgeDeletedProjects } from '#features/projects/server/index.ts';
import { type Person, signUp } from '../harness/accounts.ts';
import { addEndpoint } from '../harness/endpoints.ts';
import { startTestParley, type TestParley } from '../harness/parley.ts';
import { ask, make, makeChat, put, titles } from './people.ts';

let parley: TestParley;
let ada: Person;
let ben: Person;
beforeAll(async () => {
  parley = await startTestParley();
  await addEndpoint(parley.services);
  ada = await signUp(parley.url, { name: 'Ada' });
  ben = await signUp(parley.url, { name: 'Ben' });
});
afterAll(() => parley.close());

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
