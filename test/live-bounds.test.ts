/** What one reader may ask of a live connection, and how many of them one user may have. */
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { MAX_STREAMS_PER_USER } from '#features/generations/server/stream/open-streams.ts';
import { guest, type Person, signUp } from './harness/accounts.ts';
import { addEndpoint } from './harness/endpoints.ts';
import { makeQuiet } from './harness/make.ts';
import { startTestParley, type TestParley } from './harness/parley.ts';
import { eventually, follow, readStream, send, sendStreaming, streamedText } from './harness/streams.ts';

type Frame = { type: string; payload: Record<string, unknown> };

let parley: TestParley;
let owner: Person;
beforeAll(async () => {
  parley = await startTestParley({ rateLimits: true });
  await addEndpoint(parley.services, { slots: 4 });
  owner = await signUp(parley.url);
});
afterAll(async () => {
  await makeQuiet(parley);
  await parley.close();
});

async function connect(person: Person) {
  const socket = new WebSocket(`${parley.url.replace('http', 'ws')}/api/v1/live`, {
    headers: { cookie: person.cookie },
  });
  onTestFinished(() => socket.terminate());
  const frames: Frame[] = [];
  socket.on('message', (data) => frames.push(JSON.parse(String(data))));
  await new Promise((resolve) => socket.once('open', resolve));
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  const say = (type: string, payload: object) => socket.send(JSON.stringify({ type, payload }));
  const until = (check: (frame: Frame) => boolean) =>
    eventually(
      async () => frames.find(check),
      (frame) => frame !== undefined,
    ) as Promise<Frame>;
  return { socket, frames, closed, say, until };
}

test.each([-1, -(2 ** 40), 2 ** 31, 2 ** 53 - 1, 999_999])(
  'a place that does not exist (%i) is answered with a snapshot, as no place is',
  async (after) => {
    const sent = await send(owner, '/script text="all that there is to tell"');
    await readStream(await follow(owner, sent.generation.id));
    const tab = await connect(owner);
    tab.say('subscribe', { generationId: sent.generation.id, after });
    const snapshot = await tab.until(({ type }) => type === 'message_snapshot');
    expect(JSON.stringify(snapshot.payload.content)).toContain('all that there is to tell');
    await tab.until(({ type }) => type === 'message_end');
  },
);

test('what is no whole number, or nested without end, is refused in words', async () => {
  const sent = await send(owner, '/script text="x"');
  const tab = await connect(owner);
  for (const after of [1.5, 2 ** 60, 'x'])
    tab.say('subscribe', { generationId: sent.generation.id, after, ref: String(after) });
  for (const ref of ['1.5', String(2 ** 60), 'x'])
    expect((await tab.until((frame) => frame.payload.ref === ref)).payload.error).toMatchObject({
      code: 'invalid_input',
      field: 'after',
    });
  tab.socket.send(`{"type":"message","payload":{"content":${'['.repeat(50_000)}${']'.repeat(50_000)}}}`);
  const deep = await tab.until(({ type, payload }) => type === 'rejected' && payload.ref === undefined);
  expect(deep.payload.error).toMatchObject({ code: 'invalid_input' });
});

test('a place in a generation that still waits misses nothing of it', async () => {
  const filling = await Promise.all([1, 2, 3, 4].map(() => send(owner, '/script tokens=50 rate=0 stall=3')));
  const waiting = await send(owner, '/script text="told from its first word"');
  const reading = follow(owner, waiting.generation.id, `${waiting.generation.id}:7`);
  const stream = await reading;
  for (const { generation } of filling)
    await owner.fetch(`/api/v1/generations/${generation.id}/cancel`, { method: 'POST', json: {} });
  expect(streamedText(await readStream(stream))).toBe('told from its first word');
});

test('a socket that is flooded is closed, with a code and a reason; others go on', async () => {
  const quiet = await connect(owner);
  const kinds: ((tab: Awaited<ReturnType<typeof connect>>) => void)[] = [
    (tab) => tab.say('ping', {}),
    (tab) => tab.socket.ping(),
  ];
  for (const flood of kinds) {
    const tab = await connect(owner);
    const timer = setInterval(() => {
      for (let at = 0; at < 30; at++) if (tab.socket.readyState === WebSocket.OPEN) flood(tab);
    }, 50);
    onTestFinished(() => clearInterval(timer));
    expect(await tab.closed).toBe(1008);
  }
  quiet.say('ping', { ref: 'still here' });
  await quiet.until(({ type, payload }) => type === 'pong' && payload.ref === 'still here');
});

test('one user has only so many streams open; those of others, and places that come free, are open', async () => {
  const visitor = await guest(parley.url);
  const sent = await send(visitor, '/script tokens=50 rate=0 stall=3');
  const open = await Promise.all(
    Array.from({ length: MAX_STREAMS_PER_USER }, () => follow(visitor, sent.generation.id)),
  );
  expect(open.every(({ status }) => status === 200)).toBe(true);
  for (const refused of [await follow(visitor, sent.generation.id), await sendStreaming(visitor, 'one more')])
    expect([refused.status, await refused.json()]).toMatchObject([
      429,
      { error: { code: 'rate_limited', reason: 'streams_full' } },
    ]);
  // Nothing was stored for the one that could not be followed.
  const { items } = (await (await visitor.fetch('/api/v1/chats')).json()) as { items: unknown[] };
  expect(items).toHaveLength(1);
  const theirs = await sendStreaming(owner, '/script text="x"');
  expect([theirs.status, streamedText(await readStream(theirs))]).toEqual([200, 'x']);
  await open[0]!.body?.cancel();
  await eventually(
    async () => {
      const again = await follow(visitor, sent.generation.id);
      void again.body?.cancel();
      return again.status;
    },
    (status) => status === 200,
  );
  await Promise.all(open.slice(1).map(({ body }) => body?.cancel()));
});
