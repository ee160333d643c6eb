/** What a WebSocket's messages may reach: nothing that is somebody else's. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { admin, guest, type Person, signUp } from '#test/harness/accounts.ts';
import { addEndpoint } from '#test/harness/endpoints.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { eventually, type SentMessage, send } from '#test/harness/streams.ts';

type Frame = { type: string; payload: Record<string, unknown> };

let parley: TestParley;
let boss: Person;
let owner: Person;
let theirs: SentMessage;
beforeAll(async () => {
  parley = await startTestParley();
  await addEndpoint(parley.services);
  boss = await admin(parley.url);
  owner = await signUp(parley.url);
  theirs = await send(owner, '/script rate=0 stall=3 text="the owner’s secret is told to nobody else"');
});
afterAll(async () => {
  await owner.fetch(`/api/v1/generations/${theirs.generation.id}/cancel`, { method: 'POST', json: {} });
  await parley.close();
});

async function connect(person: Person) {
  const frames: Frame[] = [];
  const socket = new WebSocket(`${parley.url.replace('http', 'ws')}/api/v1/live`, {
    headers: { cookie: person.cookie },
  });
  socket.on('message', (data) => frames.push(JSON.parse(String(data))));
  await eventually(
    async () => frames,
    (seen) => seen.some((frame) => frame.type === 'ready'),
  );
  const say = (text: string) => socket.send(text);
  return {
    frames,
    say,
    send: (type: string, payload: object) => say(JSON.stringify({ type, payload })),
    close: () => socket.close(),
  };
}

test('a plain request to a socket’s address is told to upgrade, once it is known that its asker may', async () => {
  for (const path of ['/api/v1/live', `/api/v1/chats/${theirs.chat.id}/stream`]) {
    const nobody = await fetch(parley.url + path);
    expect([nobody.status, await nobody.json()]).toMatchObject([401, { error: { code: 'unauthenticated' } }]);
    const plain = await owner.fetch(path);
    expect([plain.status, plain.headers.get('upgrade'), await plain.json()]).toMatchObject([
      426,
      'websocket',
      { error: { code: 'upgrade_required', detail: expect.any(String) } },
    ]);
  }
  expect((await boss.fetch(`/api/v1/chats/${theirs.chat.id}/stream`)).status).toBe(404);
});

test('strangers who name another’s chat or generation are refused and are shown nothing of it', async () => {
  for (const person of [await signUp(parley.url), await guest(parley.url), boss]) {
    const socket = await connect(person);
    const { id: generationId } = theirs.generation;
    socket.send('subscribe', { ref: '1', generationId, after: 0 });
    socket.send('cancel', { ref: '2', generationId });
    socket.send('message', { ref: '3', chatId: theirs.chat.id, content: 'Let me in' });
    const refused = await eventually(
      async () => socket.frames.filter((frame) => frame.type === 'rejected'),
      (frames) => frames.length === 3,
    );
    for (const frame of refused) expect(frame.payload.error).toMatchObject({ code: 'not_found' });
    expect(JSON.stringify(socket.frames)).not.toContain('secret');
    socket.close();
  }
  const after = await (await owner.fetch(`/api/v1/generations/${theirs.generation.id}`)).json();
  expect(after.state).toBe('running');
  const { items } = await (await owner.fetch(`/api/v1/chats/${theirs.chat.id}/messages`)).json();
  expect(items).toHaveLength(2);
});

test('frames that are not what they should be are refused and break nothing', async () => {
  const socket = await connect(owner);
  const nonsense = [
    '',
    '{',
    'null',
    '[]',
    '12',
    '{"type":5}',
    '{"type":"nothing"}',
    '{"type":"message","payload":null}',
    `{"type":"message","payload":{"chatId":"${theirs.chat.id}","content":"\\u0000"}}`,
    `{"type":"message","payload":{"chatId":"${theirs.chat.id}","content":"\\ud800"}}`,
    '{"type":"subscribe","payload":{"generationId":"x","after":1e400}}',
    '{"__proto__":{"a":1},"type":"cancel"}',
    '['.repeat(50_000),
    `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
  ];
  for (const frame of nonsense) socket.say(frame);
  const refused = await eventually(
    async () => socket.frames.filter((frame) => frame.type === 'rejected'),
    (frames) => frames.length === nonsense.length,
  );
  for (const { payload } of refused) expect(payload.error).toMatchObject({ code: 'invalid_input' });
  socket.send('ping', { ref: 'last' });
  await eventually(
    async () => socket.frames,
    (frames) => frames.some((frame) => frame.payload?.ref === 'last'),
  );
  socket.close();
});
