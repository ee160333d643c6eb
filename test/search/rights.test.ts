/** Nobody finds what they may not read: every kind of person, every kind of chat, and at once when a right is lost. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { admin, guest, type Person, signUp } from '../harness/accounts.ts';
import { makeKey } from '../harness/make.ts';
import { startTestParley, type TestParley } from '../harness/parley.ts';
import { ask, make, put } from '../projects/people.ts';
import { asks, chat, found, say, settled } from './people.ts';

let parley: TestParley;
const people: Record<string, Person> = {};
let shared: string;
let hidden: string;
let alone: string;

beforeAll(async () => {
  parley = await startTestParley();
  people.admin = await admin(parley.url);
  for (const name of ['owner', 'author', 'editor', 'viewer', 'former', 'stranger', 'disabled'])
    people[name] = await signUp(parley.url);
  people.guest = await guest(parley.url);
  const { owner, author, admin: boss } = people as Record<string, Person>;
  const project = await make(owner!, { name: 'Secret room' });
  for (const [name, role] of Object.entries({
    author: 'editor',
    editor: 'editor',
    viewer: 'viewer',
    former: 'owner',
    disabled: 'editor',
  }))
    await put(owner!, project, people[name]!, role);
  const room = await chat(author!, { title: 'Kingfisher room', projectId: project.id });
  const corner = await chat(author!, {
    title: 'Kingfisher corner',
    projectId: project.id,
    visibility: 'private',
  });
  const own = await chat(author!, { title: 'Kingfisher alone' });
  const formers = await chat(people.former!, {
    title: 'Kingfisher of somebody who left',
    projectId: project.id,
  });
  shared = await say(parley.services, room.id, 'kingfisher for all of us');
  hidden = await say(parley.services, corner.id, 'kingfisher for me there');
  alone = await say(parley.services, own.id, 'kingfisher for me alone');
  people.room = { ...people.author!, userId: formers.id };
  await settled(parley.services);
  await ask(owner!, 'DELETE', `/projects/${project.id}/members/${people.former!.userId}`);
  await ask(boss!, 'PATCH', `/admin/users/${people.disabled!.userId}`, { disabled: true });
});
afterAll(() => parley.close());

const FORMERS = 'Kingfisher of somebody who left';

test.each<[string, () => string[]]>([
  ['author', () => [shared, hidden, alone, FORMERS]],
  ['owner', () => [shared, FORMERS]],
  ['editor', () => [shared, FORMERS]],
  ['viewer', () => [shared, FORMERS]],
  ['former', () => []],
  ['stranger', () => []],
  ['guest', () => []],
  ['admin', () => []],
])('%s finds what they may read, and nothing else, by whatever filter', async (name, may) => {
  const person = people[name]!;
  expect((await found(person, 'kingfisher')).toSorted()).toEqual(may().toSorted());
  // A chat of which a message is found does not stand there by its title as well.
  expect(await found(person, 'in:title kingfisher')).toHaveLength(may().length);
  expect(await found(person, 'kingfihser')).toHaveLength(may().length);
  expect(await found(person, '')).toHaveLength(may().length);
  const messages = may().filter((id) => id !== FORMERS);
  expect((await found(person, 'after:2020-01-01')).toSorted()).toEqual(messages.toSorted());
  expect((await found(person, 'project:"Secret room"')).length).toBe(
    name === 'author' ? 3 : may().length > 0 ? 2 : 0,
  );
});

test('a disabled account is shut out, and nobody is asked in', async () => {
  expect((await asks(people.disabled!, 'kingfisher')).status).toBe(401);
  expect((await fetch(`${parley.url}/api/v1/search?q=kingfisher`)).status).toBe(401);
});

test('a program finds with a key what its person finds', async () => {
  const key = await makeKey(people.author!);
  const answer = await fetch(`${parley.url}/api/v1/search?q=kingfisher`, {
    headers: { authorization: `Bearer ${key}` },
  });
  expect(answer.status).toBe(200);
  expect(((await answer.json()) as { items: unknown[] }).items).toHaveLength(4);
});

test('who is removed finds nothing at once, also with a cursor from before', async () => {
  const [owner, member] = [await signUp(parley.url), await signUp(parley.url)];
  const project = await make(owner);
  await put(owner, project, member, 'editor');
  const { id } = await chat(owner, { title: 'Osprey', projectId: project.id });
  for (const n of [1, 2, 3]) await say(parley.services, id, `osprey ${n}`);
  await settled(parley.services);
  const { body } = await asks(member, 'osprey', '&limit=1');
  expect(body.items).toHaveLength(1);
  await ask(owner, 'DELETE', `/projects/${project.id}/members/${member.userId}`);
  expect(await found(member, 'osprey')).toEqual([]);
  expect((await asks(member, 'osprey', `&cursor=${body.nextCursor}`)).body).toEqual({
    items: [],
    nextCursor: null,
  });
  expect(await found(owner, 'osprey')).toHaveLength(3);
});
