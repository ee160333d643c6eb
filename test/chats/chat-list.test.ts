import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { touchChat } from '#features/chats/server/touch-chat.ts';
import { allPages, type Person, startChats } from './people.ts';

let chats: Awaited<ReturnType<typeof startChats>>;
let ann: Person;
beforeAll(async () => {
  chats = await startChats();
});
beforeAll(async () => {
  ann = await chats.newPerson();
});
afterAll(() => chats.close());

const titles = async (person: Person, query: string): Promise<string[]> =>
  (await person.call('GET', `/chats?${query}`)).body.items.map((chat: { title: string }) => chat.title);

/** As projects will, once there are any. */
const putInProject = async (chatId: string, projectId: string) => {
  const { $client } = chats.services.db;
  await $client.query(`INSERT INTO projects (id, name) VALUES ($1, 'P') ON CONFLICT DO NOTHING`, [projectId]);
  await $client.query('UPDATE chats SET project_id = $2 WHERE id = $1', [chatId, projectId]);
};

test('the list starts with the latest activity; renaming does not move a chat', async () => {
  const person = await chats.newPerson();
  const [one] = [
    (await person.call('POST', '/chats', { title: 'one' })).body,
    (await person.call('POST', '/chats', { title: 'two' })).body,
    (await person.call('POST', '/chats', { title: 'three' })).body,
  ];
  expect(await titles(person, '')).toEqual(['three', 'two', 'one']);
  await touchChat(chats.services.db.$client, one.id);
  expect(await titles(person, '')).toEqual(['one', 'three', 'two']);
  await person.call('PATCH', `/chats/${one.id}`, { title: 'uno' });
  expect(await titles(person, '')).toEqual(['uno', 'three', 'two']);
});

test('thousands of chats with equal times are paged without one missing or coming twice', async () => {
  const person = await chats.newPerson();
  // Ten chats a microsecond: a cursor that rounds to milliseconds would repeat or lose hundreds.
  await chats.services.db.$client.query(
    `INSERT INTO chats (id, user_id, title, active_at)
     SELECT gen_random_uuid(), $1, n::text, timestamptz '2026-01-02 03:04:05.678901Z' + (n / 10) * interval '1 microsecond'
       FROM generate_series(1, 3000) n`,
    [person.userId],
  );
  const pages = await allPages(person, '/chats?limit=200');
  expect(pages.map((items) => items.length)).toEqual(Array(15).fill(200));
  const seen = pages.flat().map((chat) => Number(chat.title));
  expect(new Set(seen).size).toBe(3000);
  const moments = seen.map((n) => Math.floor(n / 10));
  expect(moments).toEqual(moments.toSorted((a, b) => b - a));
});

test('a page that is exactly full and the last says so', async () => {
  const person = await chats.newPerson();
  for (const title of ['a', 'b']) await person.call('POST', '/chats', { title });
  expect((await person.call('GET', '/chats?limit=2')).body.nextCursor).toBeNull();
  expect((await person.call('GET', '/chats?limit=1')).body.nextCursor).toEqual(expect.any(String));
});

test('archived chats show only when asked for', async () => {
  const person = await chats.newPerson();
  await person.call('POST', '/chats', { title: 'active' });
  const { body: old } = await person.call('POST', '/chats', { title: 'old' });
  await person.call('PATCH', `/chats/${old.id}`, { archived: true });
  expect(await titles(person, '')).toEqual(['active']);
  expect(await titles(person, 'archived=false')).toEqual(['active']);
  expect(await titles(person, 'archived=true')).toEqual(['old']);
  expect(await titles(person, 'archived=all')).toEqual(['old', 'active']);
});

test('filters by project, by whole tag, and by words anywhere in title, description or tags', async () => {
  const projectId = randomUUID();
  const flight = await ann.call('POST', '/chats', { title: 'Booking a flight', tags: ['travel'] });
  await putInProject(flight.body.id, projectId);
  await ann.call('POST', '/chats', {
    title: 'Hotel',
    description: 'after the FLIGHT',
    tags: ['travel', 'late'],
  });
  await ann.call('POST', '/chats', { title: '100% sure', tags: ['flights'] });
  await ann.call('POST', '/chats', { title: '1000 sure', tags: ['x_y'] });
  expect(await titles(ann, `projectId=${projectId}`)).toEqual(['Booking a flight']);
  expect(await titles(ann, 'tag=travel')).toEqual(['Hotel', 'Booking a flight']);
  expect(await titles(ann, 'tag=trav')).toEqual([]);
  expect(await titles(ann, 'q=flight')).toEqual(['100% sure', 'Hotel', 'Booking a flight']);
  expect(await titles(ann, 'q=flight&tag=travel')).toEqual(['Hotel', 'Booking a flight']);
  expect(await titles(ann, `q=${encodeURIComponent('100%')}`)).toEqual(['100% sure']);
  expect(await titles(ann, 'q=x_y')).toEqual(['1000 sure']);
  expect(await titles(ann, 'q=%5C')).toEqual([]);
});

test('nothing of others is found by the filters, whatever they have in common', async () => {
  const [one, two] = [await chats.newPerson(), await chats.newPerson()];
  const projectId = randomUUID();
  for (const person of [one, two])
    await putInProject(
      (await person.call('POST', '/chats', { title: person.userId, tags: ['shared'] })).body.id,
      projectId,
    );
  for (const query of [
    '',
    'archived=all',
    'tag=shared',
    `projectId=${projectId}`,
    `q=${two.userId}`,
    'q=shared',
  ])
    expect(await titles(one, query)).not.toContain(two.userId);
});
