import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { admin, guest, type Person } from './harness/accounts.ts';
import { addEndpoint } from './harness/endpoints.ts';
import { startTestParley, type TestParley } from './harness/parley.ts';
import { eventually, send } from './harness/streams.ts';

type Frame = { type: string; payload: Record<string, unknown> };

let parley: TestParley;
let ada: Person;
const sockets: WebSocket[] = [];

beforeAll(async () => {
  parley = await startTestParley();
  await addEndpoint(parley.services, { slots: 8 });
  ada = await admin(parley.url);
});
afterAll(async () => {
  for (const socket of sockets) socket.terminate();
  await parley.close();
});

function connect(person: Person, path = '/api/v1/live', url = parley.url) {
  const socket = new WebSocket(url.replace('http', 'ws') + path, {
    headers: { cookie: person.cookie },
  });
  sockets.push(socket);
  const frames: Frame[] = [];
  let closeCode = 0;
  socket.on('message', (data) => frames.push(JSON.parse(String(data))));
  socket.on('close', (code) => {
    closeCode = code;
  });
  socket.on('error', () => {});
  return {
    socket,
    frames,
    closed: () => closeCode,
    say: (type: string, payload: object) => socket.send(JSON.stringify({ type, payload })),
    async until(check: (frame: Frame) => boolean): Promise<Frame> {
      const found = await eventually(
        async () => frames.find(check),
        (frame) => frame !== undefined,
      );
      return found!;
    },
  };
}

const newChat = async (person: Person) =>
  (await (await person.fetch('/api/v1/chats', { method: 'POST', json: {} })).json()) as { id: string };
const textOf = (frames: Frame[], generationId: string) =>
  frames
    .filter((frame) => frame.type === 'content_delta' && frame.payload.generationId === generationId)
    .map((frame) => frame.payload.delta)
    .join('');

describe('the live socket', () => {
  it('of what is not even an id of a chat is a 404, like that of somebody else’s chat', async () => {
    for (const id of ['abc', crypto.randomUUID()]) {
      const { socket } = connect(ada, `/api/v1/chats/${id}/stream`);
      const status = await new Promise((resolve) =>
        socket.once('unexpected-response', (_request, answer) => resolve(answer.statusCode)),
      );
      expect(status).toBe(404);
    }
  });

  it('answers a message to its sender with the ref, tells the other tabs without it, and streams to all', async () => {
    const [one, two] = [connect(ada), connect(ada)];
    await Promise.all([one, two].map((tab) => tab.until((frame) => frame.type === 'ready')));
    const chat = await newChat(ada);
    one.say('message', { chatId: chat.id, content: '/script tokens=20 rate=200', ref: 'r1' });
    const saved = await one.until((frame) => frame.type === 'user_message_saved');
    expect(saved.payload).toMatchObject({ ref: 'r1', generation: { chatId: chat.id } });
    const told = await two.until((frame) => frame.type === 'user_message_saved');
    expect(told.payload.ref).toBeUndefined();
    const id = (saved.payload.generation as { id: string }).id;
    for (const tab of [one, two]) {
      await tab.until((frame) => frame.type === 'message_end' && frame.payload.generationId === id);
      const seqs = tab.frames.filter((frame) => frame.payload.generationId === id && frame.payload.seq);
      expect(seqs.map((frame) => frame.payload.seq)).toEqual(seqs.map((_, index) => index + 1));
      expect(textOf(tab.frames, id).length).toBeGreaterThan(0);
    }
    expect(textOf(one.frames, id)).toBe(textOf(two.frames, id));
    expect(one.frames.filter((frame) => frame.type === 'user_message_saved')).toHaveLength(1);
  });

  it('keeps the order in which messages were typed', async () => {
    const tab = connect(ada);
    await tab.until((frame) => frame.type === 'ready');
    const chat = await newChat(ada);
    for (let n = 0; n < 5; n++)
      tab.say('message', { chatId: chat.id, content: `/script tokens=1 rate=500\n${n}`, ref: String(n) });
    await tab.until((frame) => frame.type === 'user_message_saved' && frame.payload.ref === '4');
    const saved = tab.frames.filter((frame) => frame.type === 'user_message_saved');
    expect(saved.map((frame) => frame.payload.ref)).toEqual(['0', '1', '2', '3', '4']);
    const parents = saved.map((frame) => (frame.payload.message as { parentId: string | null }).parentId);
    const replies = saved.map((frame) => (frame.payload.reply as { id: string }).id);
    expect(parents).toEqual([null, ...replies.slice(0, 4)]);
  });

  it('tells who connects what goes on, and resumes from a place', async () => {
    const { generation } = await send(ada, '/script tokens=60 rate=60');
    const tab = connect(ada);
    await tab.until((frame) => frame.payload.generationId === generation.id);
    tab.say('subscribe', { generationId: generation.id, after: 0 });
    const start = await tab.until(
      (frame) => frame.type === 'message_start' && frame.payload.generationId === generation.id,
    );
    expect(start.payload).toMatchObject({ seq: 1 });
    tab.say('cancel', { generationId: generation.id });
    await tab.until((frame) => frame.type === 'message_end' && frame.payload.state === 'cancelled');
  });

  it('refuses in words what it cannot do, with the ref, and stays open', async () => {
    const tab = connect(ada);
    await tab.until((frame) => frame.type === 'ready');
    const stranger = await guest(parley.url);
    const { generation, chat } = await send(stranger, '/script tokens=1');
    tab.say('message', { chatId: chat.id, content: 'Hi', ref: 'a' });
    tab.say('cancel', { generationId: generation.id, ref: 'b' });
    tab.say('subscribe', { generationId: generation.id, after: 0, ref: 'c' });
    tab.say('nonsense', { ref: 'd' });
    tab.say('message', { chatId: chat.id, ref: 'e' });
    tab.socket.send('not json');
    for (const ref of ['a', 'b', 'c', 'd', 'e', undefined])
      await tab.until((frame) => frame.type === 'rejected' && frame.payload.ref === ref);
    const codes = new Map(
      tab.frames
        .filter((frame) => frame.type === 'rejected')
        .map((frame) => [frame.payload.ref, (frame.payload.error as { code: string }).code]),
    );
    for (const ref of ['a', 'b', 'c']) expect(codes.get(ref)).toBe('not_found');
    for (const ref of ['d', 'e']) expect(codes.get(ref)).toBe('invalid_input');
    tab.say('ping', { ref: 'still here' });
    await tab.until((frame) => frame.type === 'pong' && frame.payload.ref === 'still here');
  });

  it('of one chat tells of that chat only', async () => {
    const [mine, other] = [await newChat(ada), await newChat(ada)];
    const tab = connect(ada, `/api/v1/chats/${mine.id}/stream`);
    await tab.until((frame) => frame.type === 'ready');
    const sendTo = (chatId: string) =>
      ada.fetch(`/api/v1/chats/${chatId}/messages`, {
        method: 'POST',
        json: { content: '/script tokens=2 rate=200' },
      });
    await sendTo(other.id);
    await sendTo(mine.id);
    await tab.until((frame) => frame.type === 'message_end');
    const chats = tab.frames
      .filter((frame) => frame.type === 'user_message_saved')
      .map((frame) => (frame.payload.generation as { chatId: string }).chatId);
    expect(chats).toEqual([mine.id]);
  });

  it('is closed to one user who opens too many, and others are not troubled', async () => {
    const strict = await startTestParley({ rateLimits: true });
    const greedy = await guest(strict.url);
    const tabs = Array.from({ length: 105 }, () => connect(greedy, '/api/v1/live', strict.url));
    await eventually(
      async () => tabs.filter((tab) => tab.closed() === 1008).length,
      (refused) => refused === 5,
      20_000,
    );
    const other = connect(await guest(strict.url), '/api/v1/live', strict.url);
    await other.until((frame) => frame.type === 'ready');
    await strict.close();
  });
});
