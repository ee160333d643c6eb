/** Whoever reaches the database or Redis can notify: nothing said there ends the process, or stops what it does. */
import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { CHANNELS, TOPICS } from '#platform/signals.ts';
import { guest, type Person } from './harness/accounts.ts';
import { addEndpoint } from './harness/endpoints.ts';
import { startTestParley, type TestParley } from './harness/parley.ts';
import { startRedis, withoutRedis } from './harness/redis.ts';
import { follow, readStream, type SentMessage, send, streamedText } from './harness/streams.ts';

const WORDS = 'every word of this story is told in the end';
const NO_REDIS = withoutRedis();

/** What is no message of any topic, as text; `id` is of something that goes on. */
const garbage = (id: string): unknown[] => [
  null,
  7,
  'gap',
  [],
  {},
  { type: 7 },
  { type: 'gap' },
  { type: 'entries' },
  { type: 'entries', entries: {} },
  { type: 'entries', entries: [null] },
  { type: 'entries', entries: [{ seq: 'x', type: 'content_delta', json: '{' }] },
  { type: 'entries', entries: [{ seq: 1, type: 'a"\n', json: '{}' }] },
  { type: 'queue_update', update: 'soon' },
  { type: 'generation_created', generationId: 'x', chatId: id, from: 1 },
  { type: 'generation_ended', generationId: 'no id' },
  { type: 'endpoint_changed', endpointId: 'no id' },
  { type: 'chat_saved', data: 'none' },
  { type: 'chat_saved', data: { chat: null } },
  { type: 'ended', generation: null },
  { type: 'enqueued', endpointId: 'no id' },
];

/** Reads a stream while `disturb` says all it can. */
async function readWhile(person: Person, disturb: (sent: SentMessage) => Promise<void>): Promise<string> {
  const sent = await send(person, `/script drip=25 text="${WORDS}"`);
  // From its start: on a busy machine its first words may be there already.
  const reading = follow(person, sent.generation.id, `${sent.generation.id}:0`);
  await disturb(sent);
  return streamedText(await readStream(await reading));
}

async function start(config = {}): Promise<{ parley: TestParley; person: Person }> {
  const parley = await startTestParley(config);
  onTestFinished(() => parley.close());
  await addEndpoint(parley.services);
  return { parley, person: await guest(parley.url) };
}

const topicsOf = (person: Person, { generation }: SentMessage): string[] =>
  Object.values(TOPICS).flatMap((topic) => [
    topic,
    `${topic}:`,
    `${topic}:no-id`,
    `${topic}:${generation.id}:${generation.id}`,
    `${topic}:${topic === TOPICS.user ? person.userId : generation.id}`,
  ]);

test('garbage on every channel and topic changes nothing of a stream that runs', async () => {
  const { parley, person } = await start();
  const db = parley.database.db.$client;
  const text = await readWhile(person, async (sent) => {
    const payloads = [
      '',
      'not json',
      '{',
      'null',
      '[]',
      '"x"',
      'x'.repeat(7_000),
      '{"a":'.repeat(500),
      randomUUID(),
    ];
    // A cancel of the right shape is one.
    for (const topic of ['error', 'constructor', '__proto__', ...topicsOf(person, sent)])
      for (const message of garbage(sent.generation.id))
        payloads.push(JSON.stringify({ from: null, topic, message }));
    for (const channel of Object.values(CHANNELS))
      await db.query('SELECT pg_notify($1, payload) FROM unnest($2::text[]) AS payload', [channel, payloads]);
    await db.query('SELECT pg_notify($1, $2)', [CHANNELS.wake, `${randomUUID()} ${randomUUID()} more`]);
  });
  expect(text).toBe(WORDS);
  expect((await fetch(`${parley.url}/readyz`)).status).toBe(200);
});

test('so does garbage over Redis', async (context) => {
  if (NO_REDIS) context.skip(NO_REDIS);
  const redis = await startRedis();
  onTestFinished(() => redis.close());
  const { parley, person } = await start({ redisUrl: redis.url });
  const publisher = new Redis(redis.url);
  onTestFinished(() => void publisher.disconnect());
  const text = await readWhile(person, async ({ generation }) => {
    for (const message of [
      '',
      'not json',
      'null',
      '[]',
      ...garbage(generation.id).map((one) => JSON.stringify({ message: one })),
    ])
      await publisher.publish(`parley:${TOPICS.generation}:${generation.id}`, message);
  });
  expect(text).toBe(WORDS);
  expect((await fetch(`${parley.url}/readyz`)).status).toBe(200);
});

test('a listener that fails is heard by nobody else', async () => {
  const { parley } = await start();
  const { bus } = parley.services;
  const heard: string[] = [];
  bus.subscribe('test', () => {
    throw new Error('this one fails');
  });
  bus.subscribe('test', ({ type }) => heard.push(type));
  bus.publishHere('test', { type: 'news' });
  expect(heard).toEqual(['news']);
});
