/** Several people in one chat: what they see of each other, who pays, and what happens when one of them may not any more. */
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { recountStorage } from '#features/accounts/server/index.ts';
import type { Chat } from '#features/chats/chats.ts';
import type { Message } from '#features/messages/messages.ts';
import { type Person, signUp } from '../harness/accounts.ts';
import { addEndpoint } from '../harness/endpoints.ts';
import { startTestParley, type TestParley } from '../harness/parley.ts';
import { eventually, follow, readStream, streamedText } from '../harness/streams.ts';

type Frame = { type: string; payload: Record<string, unknown> };
type Line = { frames: Frame[]; send(type: string, payload: object): void; closed: Promise<number> };

let parley: TestParley;
let ada: Person;
let ben: Person;
let projectId: string;
beforeAll(async () => {
  parley = await startTestParley();
  await addEndpoint(parley.services);
  ada = await signUp(parley.url, { name: 'Ada' });
  ben = await signUp(parley.url, { name: 'Ben' });
  projectId = await makeRoom();
});
afterAll(() => parley.close());

async function makeRoom(): Promise<string> {
  const made = await ada.fetch('/api/v1/projects', { method: 'POST', json: { name: 'Room' } });
  const { id } = (await made.json()) as { id: string };
  await setRole(id, 'editor');
  return id;
}
const setRole = (id: string, role: string) =>
  ada.fetch(`/api/v1/projects/${id}/members/${ben.userId}`, { method: 'PUT', json: { role } });
const putOut = (id: string) =>
  ada.fetch(`/api/v1/projects/${id}/members/${ben.userId}`, { method: 'DELETE' });

async function makeChat(person: Person, more: object = {}): Promise<Chat> {
  const made = await person.fetch('/api/v1/chats', { method: 'POST', json: { projectId, ...more } });
  return (await made.json()) as Chat;
}
async function say(person: Person, chat: { id: string }, content: string) {
  const sent = await person.fetch(`/api/v1/chats/${chat.id}/messages`, { method: 'POST', json: { content } });
  expect(sent.status).toBe(202);
  return (await sent.json()) as { message: Message; reply: Message; generation: { id: string } };
}
const messagesOf = async (person: Person, chat: { id: string }): Promise<Message[]> =>
  ((await (await person.fetch(`/api/v1/chats/${chat.id}/messages`)).json()) as { items: Message[] }).items;

/** A socket of somebody, and all it was told. */
async function connect(person: Person, path = '/api/v1/live'): Promise<Line> {
  const socket = new WebSocket(parley.url.replace('http', 'ws') + path, {
    headers: { cookie: person.cookie },
  });
  onTestFinished(() => socket.close());
  const frames: Frame[] = [];
  socket.on('message', (data) => void frames.push(JSON.parse(String(data)) as Frame));
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await eventually(
    async () => frames,
    (seen) => seen.some(({ type }) => type === 'ready'),
  );
  return { frames, send: (type, payload) => socket.send(JSON.stringify({ type, payload })), closed };
}
const heard = (line: Line, check: (frame: Frame) => boolean, withinMs = 5_000): Promise<Frame> =>
  eventually(
    async () => line.frames.find(check),
    (frame) => frame !== undefined,
    withinMs,
  ) as Promise<Frame>;
/** Says that the chat is on their screen, and waits until they hear what happens there. */
async function openChat(line: Line, { id }: { id: string }): Promise<void> {
  line.send('open', { chatId: id });
  await heard(line, ({ type, payload }) => type === 'opened' && payload.chatId === id);
}
const seenText = ({ frames }: Line, generationId: string): string =>
  frames
    .filter(({ type, payload }) => type === 'content_delta' && payload.generationId === generationId)
    .map(({ payload }) => payload.delta)
    .join('');

test('two people read each other’s messages, and who said what; a reply is nobody’s', async () => {
  const chat = await makeChat(ada);
  const first = await say(ada, chat, 'From Ada');
  await readStream(await follow(ben, first.generation.id));
  await say(ben, chat, 'From Ben');
  for (const person of [ada, ben])
    expect((await messagesOf(person, chat)).map(({ authorId, role }) => [role, authorId])).toEqual([
      ['user', ada.userId],
      ['assistant', null],
      ['user', ben.userId],
      ['assistant', null],
    ]);
});

test('who has the chat open hears what others ask there, streams included, and who is typing; who has not hears of its activity alone', async () => {
  const chat = await makeChat(ada);
  const [open, elsewhere, own] = [await connect(ben), await connect(ben), await connect(ada)];
  for (const line of [open, own]) await openChat(line, chat);
  own.send('typing', {});
  const typing = await heard(open, ({ type }) => type === 'typing');
  expect(typing.payload).toEqual({ chatId: chat.id, userId: ada.userId, name: 'Ada' });
  const { generation, message } = await say(ada, chat, '/script drip=2 text="words that Ben reads as well"');
  const saved = await heard(open, ({ type }) => type === 'user_message_saved');
  expect((saved.payload.message as Message).id).toBe(message.id);
  for (const line of [open, own]) {
    await heard(
      line,
      ({ type, payload }) => type === 'message_end' && payload.generationId === generation.id,
    );
    expect(seenText(line, generation.id)).toBe('words that Ben reads as well');
  }
  // Ada is told once, though she hears of it twice.
  expect(own.frames.filter(({ type }) => type === 'user_message_saved')).toHaveLength(1);
  await heard(
    elsewhere,
    ({ type, payload }) => type === 'chat_saved' && (payload.chat as Chat).id === chat.id,
  );
  // What Ben asks himself comes to him wherever he is; this was not his.
  const mine = elsewhere.frames.filter(({ payload }) => payload.generationId === generation.id);
  const others = elsewhere.frames.filter(({ type }) => ['typing', 'user_message_saved'].includes(type));
  expect([mine, others]).toEqual([[], []]);
});

test('who comes in while somebody’s reply is being written follows it, and may stop it', async () => {
  const chat = await makeChat(ada);
  const { generation } = await say(ada, chat, '/script tokens=2000 rate=100');
  const line = await connect(ben);
  line.send('open', { chatId: chat.id });
  await heard(
    line,
    ({ type, payload }) => type === 'content_delta' && payload.generationId === generation.id,
  );
  line.send('cancel', { generationId: generation.id });
  const end = await heard(line, ({ type }) => type === 'message_end');
  expect(end.payload).toMatchObject({ state: 'cancelled' });
});

test('who is put out loses everything within two seconds: streams, the chat’s socket, what was open', async () => {
  const room = await makeRoom();
  const chat = await makeChat(ada, { projectId: room });
  const { generation } = await say(ada, chat, '/script tokens=5000 rate=100');
  const [live, own] = [await connect(ben), await connect(ben, `/api/v1/chats/${chat.id}/stream`)];
  await openChat(live, chat);
  const stream = readStream(await follow(ben, generation.id, `${generation.id}:0`));
  const still = readStream(await follow(ada, generation.id, `${generation.id}:0`));
  await heard(live, ({ type }) => type === 'content_delta');
  const at = performance.now();
  await putOut(room);
  expect(await own.closed).toBe(4404);
  const read = await stream;
  expect(performance.now() - at).toBeLessThan(2_000);
  expect(read.at(-1)?.type).not.toBe('message_end');
  await heard(live, ({ type, payload }) => type === 'project_deleted' && payload.projectId === room);
  const deltas = () => live.frames.filter(({ payload }) => payload.generationId === generation.id).length;
  await new Promise((resolve) => setTimeout(resolve, 2_000 - Math.min(2_000, performance.now() - at)));
  const before = deltas();
  await eventually(
    async () => (await (await ada.fetch(`/api/v1/generations/${generation.id}`)).json()) as { state: string },
    ({ state }) => state === 'running',
  );
  await say(ada, chat, '/script text="not for Ben" rate=0');
  await ada.fetch(`/api/v1/generations/${generation.id}/cancel`, { method: 'POST' });
  await still;
  expect(deltas()).toBe(before);
  expect(JSON.stringify(live.frames)).not.toContain('not for Ben');
  for (const path of [`/chats/${chat.id}`, `/generations/${generation.id}`, `/chats/${chat.id}/messages`])
    expect((await ben.fetch(`/api/v1${path}`)).status).toBe(404);
});

test('a chat that is made private is gone for the others at once, and stays where it was for its author', async () => {
  const chat = await makeChat(ada);
  const [author, other] = [await connect(ada), await connect(ben)];
  await ada.fetch(`/api/v1/chats/${chat.id}`, { method: 'PATCH', json: { visibility: 'private' } });
  await heard(other, ({ type, payload }) => type === 'chat_deleted' && payload.chatId === chat.id);
  await heard(
    author,
    ({ type, payload }) => type === 'chat_saved' && (payload.chat as Chat).visibility === 'private',
  );
  expect(author.frames.some(({ type }) => type === 'chat_deleted')).toBe(false);
});

test('a viewer reads along, but sends, types and stops nothing', async () => {
  const room = await makeRoom();
  const chat = await makeChat(ada, { projectId: room });
  await setRole(room, 'viewer');
  const [viewer, own] = [await connect(ben), await connect(ada)];
  for (const line of [viewer, own]) await openChat(line, chat);
  const { generation } = await say(ada, chat, '/script tokens=300 rate=100');
  await heard(viewer, ({ type }) => type === 'content_delta');
  for (const [type, payload] of [
    ['message', { chatId: chat.id, content: 'x', ref: 'm' }],
    ['cancel', { generationId: generation.id, ref: 'c' }],
    ['typing', { chatId: chat.id, ref: 't' }],
  ] as const) {
    viewer.send(type, payload);
    const refused = await heard(
      viewer,
      (frame) => frame.type === 'rejected' && frame.payload.ref === payload.ref,
    );
    expect(refused.payload.error).toMatchObject({ code: 'forbidden' });
  }
  expect(own.frames.some(({ type }) => type === 'typing')).toBe(false);
});

test('what is said in another’s chat is charged to who said it, in the line and in storage, and given back when it goes', async () => {
  const [owner, other] = [await signUp(parley.url), await signUp(parley.url)];
  const made = await owner.fetch('/api/v1/projects', { method: 'POST', json: { name: 'Room' } });
  const { id } = (await made.json()) as { id: string };
  await owner.fetch(`/api/v1/projects/${id}/members/${other.userId}`, {
    method: 'PUT',
    json: { role: 'editor' },
  });
  const chat = await makeChat(owner, { projectId: id });
  const bytes = async (person: Person) =>
    ((await (await person.fetch('/api/v1/usage')).json()) as { storage: { bytes: number } }).storage.bytes;
  const before = await bytes(owner);
  const { generation, message } = await say(other, chat, `/script text="${'x'.repeat(3_000)}" rate=0`);
  expect(
    streamedText(await readStream(await follow(other, generation.id, `${generation.id}:0`))),
  ).toHaveLength(3_000);
  expect(await bytes(other)).toBeGreaterThan(6_000);
  // Only the title that the chat got by it.
  expect((await bytes(owner)) - before).toBeLessThan(200);
  const ledger = async (person: Person) =>
    ((await (await person.fetch('/api/v1/generations')).json()) as { items: { id: string }[] }).items.length;
  expect([await ledger(owner), await ledger(other)]).toEqual([0, 1]);
  // What somebody notes of it grows what its author keeps, as does the message itself.
  const noted = { metadata: { note: 'y'.repeat(1_000) } };
  await owner.fetch(`/api/v1/messages/${message.id}`, { method: 'PATCH', json: noted });
  const { $client } = parley.services.db;
  const counted = [await bytes(owner), await bytes(other)];
  await $client.query(`UPDATE storage SET counted_at = '-infinity' WHERE owner_id = ANY($1)`, [
    [owner.userId, other.userId],
  ]);
  await recountStorage(parley.services);
  expect([await bytes(owner), await bytes(other)]).toEqual(counted);
});
