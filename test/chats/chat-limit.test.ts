import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, type Person, startChats } from './people.ts';

const LIMIT = 7;
let chats: Awaited<ReturnType<typeof startChats>>;
beforeAll(async () => {
  chats = await startChats(LIMIT);
});
afterAll(() => chats.close());

const statuses = (answers: Answer[]) => answers.map((answer) => answer.status).toSorted();
const countOf = async (person: Person) => (await person.call('GET', '/chats')).body.items.length;
const make = (person: Person, count: number) =>
  Promise.all(Array.from({ length: count }, () => person.call('POST', '/chats')));

test('twenty parallel creations end at exactly the limit', async () => {
  const person = await chats.newPerson();
  const answers = await make(person, 20);
  expect(statuses(answers)).toEqual([...Array(LIMIT).fill(201), ...Array(20 - LIMIT).fill(403)]);
  const refused = answers.find((answer) => answer.status === 403)!;
  expect(refused.body.error).toMatchObject({
    code: 'chat_limit',
    detail: 'You have reached your limit of 7 chats. Archive or delete one to make room.',
  });
  expect(await countOf(person)).toBe(LIMIT);
});

test('at the limit the id of an existing chat still finds it', async () => {
  const person = await chats.newPerson();
  const [first] = await make(person, LIMIT);
  expect((await person.call('POST', '/chats', { id: first!.body.id })).status).toBe(201);
});

test('archived and deleted chats do not count, and coming back needs room', async () => {
  const person = await chats.newPerson();
  const made = (await make(person, LIMIT)).map((answer) => answer.body.id as string);
  await person.call('PATCH', `/chats/${made[0]}`, { archived: true });
  await person.call('DELETE', `/chats/${made[1]}`);
  expect(statuses(await make(person, 3))).toEqual([201, 201, 403]);

  const ways = [
    () => person.call('PATCH', `/chats/${made[0]}`, { archived: false }),
    () => person.call('PUT', `/chats/${made[0]}`, {}),
    () => person.call('POST', `/chats/${made[1]}/restore`),
  ];
  for (const comeBack of ways) {
    const answer = await comeBack();
    expect([answer.status, answer.body.error.code]).toEqual([403, 'chat_limit']);
  }
  await person.call('DELETE', `/chats/${made[2]}`);
  const raced = await Promise.all(ways.map((comeBack) => comeBack()));
  // The archived chat is asked for twice, and the second time it already is back.
  expect(await countOf(person)).toBe(LIMIT);
  expect(statuses(raced)).toEqual(expect.arrayContaining([200, 403]));
});

test('changing an active chat at the limit is no matter of the limit', async () => {
  const person = await chats.newPerson();
  const [first] = await make(person, LIMIT);
  expect((await person.call('PUT', `/chats/${first!.body.id}`, { title: 'x' })).status).toBe(200);
  expect((await person.call('PATCH', `/chats/${first!.body.id}`, { archived: false })).status).toBe(200);
});

test("a user's own limit wins over the instance's, which wins over the configuration", async () => {
  const { $client } = chats.services.db;
  const person = await chats.newPerson();
  await $client.query(`UPDATE instance SET settings = '{"maxChats": 2}'`);
  expect(statuses(await make(person, 3))).toEqual([201, 201, 403]);
  await $client.query('UPDATE users SET max_chats = 3 WHERE id = $1', [person.userId]);
  expect(statuses(await make(person, 2))).toEqual([201, 403]);
  await $client.query(`UPDATE instance SET settings = '{}'`);
});
