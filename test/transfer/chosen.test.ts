/** Chats that go out by their ids: those that one may read, and nothing of others. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MOST_IDS } from '#features/chats/rules.ts';
import { type Person, signUp } from '#test/harness/accounts.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { ask, make, makeChat, put } from '../projects/people.ts';

let parley: TestParley;
let ada: Person;
beforeAll(async () => {
  parley = await startTestParley();
  ada = await signUp(parley.url);
});
afterAll(() => parley.close());

const takeOut = (person: Person, body: unknown) =>
  person.fetch('/api/v1/chats/export', { method: 'POST', json: body });

/** The titles of what goes out as JSON Lines, in their order. */
async function titlesOut(person: Person, ids: readonly string[]): Promise<string[]> {
  const answer = await takeOut(person, { ids });
  expect(answer.status).toBe(200);
  const lines = (await answer.text()).split('\n').filter((line) => line !== '');
  return lines.map((line) => (JSON.parse(line) as { title: string }).title);
}

test('nobody takes out chats of others: they are left out as those that are not there', async () => {
  const { id } = await makeChat(ada, { title: 'Secret' });
  const nobody = await fetch(`${parley.url}/api/v1/chats/export`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ids: [id] }),
  });
  expect(nobody.status).toBe(401);
  const eve = await signUp(parley.url);
  const own = await makeChat(eve, { title: 'Own' });
  expect(await titlesOut(eve, [id, own.id, randomUUID()])).toEqual(['Own']);
});

test('the chosen ones go out oldest first, archived ones too, deleted and temporary ones not', async () => {
  const made = [];
  for (const title of ['One', 'Two', 'Three', 'Four']) made.push(await makeChat(ada, { title }));
  const temporary = await makeChat(ada, { title: 'Fleeting', temporary: true });
  const [one, two, three] = made;
  await ask(ada, 'PATCH', `/chats/${two!.id}`, { archived: true });
  await ask(ada, 'DELETE', `/chats/${three!.id}`);
  expect(await titlesOut(ada, [temporary.id, three!.id, two!.id, one!.id])).toEqual(['One', 'Two']);

  const text = await takeOut(ada, { ids: [one!.id], format: 'md', language: 'ru' });
  expect(text.headers.get('content-disposition')).toMatch(/parley-chats-.*\.md/);
  expect(await text.text()).toMatch(/^# One\n/);
  const zip = await takeOut(ada, { ids: [one!.id], format: 'zip' });
  expect(zip.headers.get('content-type')).toBe('application/zip');
  expect(Buffer.from(await zip.arrayBuffer()).toString('latin1')).toContain(`One ${one!.id}.json`);
});

test('of a project go out what its members share and what is one’s own', async () => {
  const bob = await signUp(parley.url);
  const project = await make(ada);
  await put(ada, project, bob, 'viewer');
  const place = { projectId: project.id };
  const shared = await makeChat(ada, { ...place, title: 'Shared', visibility: 'shared' });
  const hidden = await makeChat(ada, { ...place, title: 'Private', visibility: 'private' });
  expect(await titlesOut(bob, [shared.id, hidden.id])).toEqual(['Shared']);
  await ask(ada, 'DELETE', `/projects/${project.id}/members/${bob.userId}`);
  expect(await titlesOut(bob, [shared.id, hidden.id])).toEqual([]);
});

test.each([
  ['no ids', { ids: [] }],
  ['ids that are none', { ids: ['one'] }],
  ['too many', { ids: Array.from({ length: MOST_IDS + 1 }, () => randomUUID()) }],
  ['a format there is none of', { ids: [randomUUID()], format: 'html' }],
  ['what it does not know', { ids: [randomUUID()], archived: 'all' }],
])('%s are refused', async (_, body) => {
  expect((await takeOut(ada, body)).status).toBe(400);
});
