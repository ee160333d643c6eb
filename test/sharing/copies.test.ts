/** A copy of what a link shows, to go on with. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { admin, type Person, signUp } from '../harness/accounts.ts';
import { addEndpoint } from '../harness/endpoints.ts';
import { startTestParley, type TestParley } from '../harness/parley.ts';
import { QUICK, read, say, share } from './people.ts';

let parley: TestParley;
let boss: Person;
let ada: Person;
beforeAll(async () => {
  parley = await startTestParley();
  boss = await admin(parley.url);
  await addEndpoint(parley.services, { slots: 4 });
  ada = await signUp(parley.url);
});
afterAll(() => parley.close());

const sql = (text: string, values: unknown[] = []) => parley.services.db.$client.query(text, values);
const copy = (person: Person, token: string, json: object = {}) =>
  person.fetch(`/api/v1/shares/${token}/copy`, { method: 'POST', json });

test('a copy is a chat of whoever asks, with the texts, and the same id finds the same one', async () => {
  const { chat } = await say(ada, '/script text="first answer" rate=0');
  await say(ada, '/script text="second answer" rate=0', chat.id);
  const { token } = await share(ada, chat.id);
  const eve = await signUp(parley.url);
  const id = crypto.randomUUID();
  const answers = [await copy(eve, token, { id }), await copy(eve, token, { id })];
  expect(answers.map(({ status }) => status)).toEqual([201, 201]);
  const [made, again] = (await Promise.all(answers.map((answer) => answer.json()))) as {
    id: string;
    authorId: string;
    title: string;
    metadata: object;
  }[];
  expect(made).toMatchObject({ id, authorId: eve.userId, projectId: null, temporary: false });
  expect(again!.id).toBe(id);
  expect(JSON.stringify(made!.metadata)).not.toContain(chat.id);
  const { items } = (await (await eve.fetch(`/api/v1/chats/${id}/messages`)).json()) as {
    items: { role: string; source: string; authorId: string | null; content: { text: string }[] }[];
  };
  const shown = (await read(parley.url, token)).body;
  expect(items.map(({ role, content }) => ({ role, content }))).toEqual(shown.messages);
  expect(new Set(items.map(({ source }) => source))).toEqual(new Set(['import']));
  await say(eve, '/script text="third answer" rate=0', id);
  expect((await read(parley.url, token)).body).toEqual(shown);
  const drift = (await sql('SELECT chats FROM storage WHERE owner_id = $1', [eve.userId])).rows;
  expect(drift).toEqual([{ chats: 1 }]);
});

test('a copy counts as a chat, and is refused where there is no room or no link', async () => {
  const { chat } = await say(ada, QUICK);
  const { token, id } = await share(ada, chat.id);
  const eve = await signUp(parley.url);
  await boss.fetch(`/api/v1/admin/users/${eve.userId}`, { method: 'PATCH', json: { maxChats: 1 } });
  await expect
    .poll(async () => ((await (await eve.fetch('/api/v1/me')).json()) as { maxChats: number }).maxChats)
    .toBe(1);
  expect((await copy(eve, token)).status).toBe(201);
  expect((await copy(eve, token)).status).toBe(403);
  await ada.fetch(`/api/v1/chats/${chat.id}/shares/${id}`, { method: 'DELETE' });
  expect((await copy(eve, token)).status).toBe(404);
  expect((await fetch(`${parley.url}/api/v1/shares/${token}/copy`, { method: 'POST' })).status).toBe(401);
});
