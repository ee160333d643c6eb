/** Streams that are open when their reader loses the right to read. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { stop } from '#features/generations/server/run/cancel-generation.ts';
import { admin, guest, type Person, signIn, signUp } from '#test/harness/accounts.ts';
import { QUICK_CLOCK } from '#test/harness/clock.ts';
import { addEndpoint } from '#test/harness/endpoints.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import {
  eventually,
  follow,
  readStream,
  type SentMessage,
  send,
  sendStreaming,
} from '#test/harness/streams.ts';

let parley: TestParley;
let boss: Person;
beforeAll(async () => {
  parley = await startTestParley({}, {}, QUICK_CLOCK);
  await addEndpoint(parley.services, { slots: 50 });
  boss = await admin(parley.url);
});
/** Nothing is left that would be waited for. */
afterAll(async () => {
  const { rows } = await parley.database.db.$client.query(
    `SELECT id FROM generations WHERE state IN ('queued', 'running')`,
  );
  for (const { id } of rows) await stop(parley.services, id);
  await parley.close();
});

/** What the promise asks for, and some slack for a loaded machine. */
const TWO_SECONDS_MS = 2500;
/** Says something at once and then nothing for longer than any of these tests. */
const STALLING = '/script tokens=50 rate=0 stall=3';

/** Resolves when the server ends the stream. */
async function ended(response: Response): Promise<void> {
  expect(response.status).toBe(200);
  await readStream(response).catch(() => {});
}

async function withinTwoSeconds(streams: Record<string, Promise<void>>): Promise<void> {
  const open = new Set(Object.keys(streams));
  for (const [name, stream] of Object.entries(streams)) void stream.then(() => open.delete(name));
  await expect.poll(() => [...open], { timeout: TWO_SECONDS_MS }).toEqual([]);
}

/** One stream of every kind. */
async function openAll(
  person: Person,
): Promise<{ sent: SentMessage; streams: Record<string, Promise<void>> }> {
  const sent = await send(person, STALLING);
  const headers = { cookie: person.cookie };
  const chat = openSocket(`/api/v1/chats/${sent.chat.id}/stream`, headers);
  const live = openSocket('/api/v1/live', headers);
  await Promise.all([chat.opened, live.opened]);
  return {
    sent,
    streams: {
      sender: ended(await sendStreaming(person, STALLING)),
      follower: ended(await follow(person, sent.generation.id)),
      chat: chat.closed,
      live: live.closed,
    },
  };
}

const state = async (person: Person, { generation }: SentMessage) =>
  (await (await person.fetch(`/api/v1/generations/${generation.id}`)).json()).state;

test('all streams of a user who is disabled close within two seconds', async () => {
  const person = await signUp(parley.url);
  const { streams } = await openAll(person);
  await boss.fetch(`/api/v1/admin/users/${person.userId}`, { method: 'PATCH', json: { disabled: true } });
  await withinTwoSeconds(streams);
});

test('a new password closes the streams of every other browser; what is being written goes on', async () => {
  const person = await signUp(parley.url);
  const { sent, streams } = await openAll(person);
  const elsewhere = await signIn(parley.url, person);
  const json = { currentPassword: person.password, newPassword: 'another battery staple' };
  const changed = await elsewhere.fetch('/api/auth/change-password', { method: 'POST', json });
  expect(changed.status).toBe(200);
  await withinTwoSeconds(streams);
  const back = await signIn(parley.url, { email: person.email, password: json.newPassword });
  expect(await state(back, sent)).toBe('running');
});

test('a revoked key closes the streams opened with it', async () => {
  const person = await signUp(parley.url);
  const made = await (await person.fetch('/api/v1/api-keys', { method: 'POST', json: { name: 'K' } })).json();
  const headers = { authorization: `Bearer ${made.key}` };
  const { generation } = await send(person, STALLING);
  const live = openSocket('/api/v1/live', headers);
  await live.opened;
  const follower = ended(
    await fetch(`${parley.url}/api/v1/generations/${generation.id}/events`, { headers }),
  );
  await person.fetch(`/api/v1/api-keys/${made.id}`, { method: 'DELETE' });
  await withinTwoSeconds({ live: live.closed, follower });
});

test('a reply that is being written goes on when its guest signs up, and when they sign in', async () => {
  const visitor = await guest(parley.url);
  const first = await send(visitor, '/script tokens=40 rate=20');
  const account = await signUp(parley.url, { as: visitor });
  const another = await guest(parley.url);
  const second = await send(another, '/script tokens=40 rate=20');
  await signIn(parley.url, account, another);
  const all = () => Promise.all([first, second].map((sent) => state(account, sent)));
  const done = await eventually(all, (states) => states.every((one) => !['queued', 'running'].includes(one)));
  expect(done).toEqual(['completed', 'completed']);
});

test('what a user who is disabled had in line or running is stopped, and does not come back with them', async () => {
  // It becomes the default, so this test is the last.
  await addEndpoint(parley.services, { name: 'narrow', slots: 1 });
  const person = await guest(parley.url);
  const modelId = 'narrow/demo';
  const both = [await send(person, STALLING, { modelId }), await send(person, STALLING, { modelId })];
  const next = await send(boss, '/script tokens=1 rate=0', { modelId });
  const set = (disabled: boolean) =>
    boss.fetch(`/api/v1/admin/users/${person.userId}`, { method: 'PATCH', json: { disabled } });
  await set(true);
  // The slot is the next one's.
  await expect.poll(() => state(boss, next), { timeout: TWO_SECONDS_MS }).toBe('completed');
  await set(false);
  for (const sent of both) expect(await state(person, sent)).toBe('cancelled');
});

function openSocket(path: string, headers: Record<string, string>) {
  const socket = new WebSocket(parley.url.replace('http', 'ws') + path, { headers });
  return {
    opened: new Promise((resolve, reject) => socket.once('message', resolve).once('error', reject)),
    closed: new Promise<void>((resolve) => socket.once('close', () => resolve())),
  };
}
