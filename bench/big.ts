/**
 * What is big for somebody must not be felt by others: a chat of 10,000 messages with 500 branches, 10,000 chats, messages of a megabyte;
 * opened, searched, put in order, shared, sent, taken out and brought in, over and over, while somebody else works.
 */
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { Worker } from 'node:worker_threads';
import pg from 'pg';
import type { Person } from '#test/harness/accounts.ts';
import { type Figure, median, percentile, printTable } from './harness/figures.ts';
import { type BenchParley, startBenchParley } from './harness/parley.ts';
import { type RunOptions, scaled, sleep } from './harness/run.ts';
import type { BigData, BigOrder } from './processes/big-client.ts';

const MESSAGES = 10_000;
const BRANCHES = 500;
const CHATS = 10_000;
/** Rounds of a quiet window and one with the deed in it: what else the machine does hits both. */
const ROUNDS = 3;
const WINDOW_MS = 1_500;
/** Between two things that the others do. */
const PAUSE_MS = 15;

/** What is done, and by what name; `once`: it takes longer than a window. */
const DEEDS: readonly (readonly [deed: string, what: string, once?: boolean])[] = [
  ['open', 'opening a chat of 10,000 messages'],
  ['tree', '… its overview, 500 branches'],
  ['turn', '… another branch of it'],
  ['large', 'opening a chat of ten messages of 1 MB'],
  ['send', 'sending a message of 1 MB'],
  ['list', 'listing 10,000 chats, five pages and a filter'],
  ['search', 'searching in them, five searches'],
  ['order', 'tagging all of them'],
  ['share', 'sharing the long one, reading it, withdrawing it'],
  ['exportLong', 'taking out the long one'],
  ['exportAll', 'taking out all of them'],
  ['importLong', 'bringing in a long one', true],
  ['importMany', 'bringing in 1,000 chats', true],
];

export async function big(options: RunOptions): Promise<void> {
  const parley = await startBenchParley('http://127.0.0.1:9', options, 1);
  const { admin, people, url } = parley;
  const workerData: BigData = {
    url,
    cookie: admin.cookie,
    messages: scaled(MESSAGES, options, 100),
    branches: scaled(BRANCHES, options, 5),
    chats: scaled(CHATS, options, 100),
  };
  const client = new Worker(new URL('./processes/big-client.ts', import.meta.url), { workerData });
  try {
    const other = people[0]!;
    const chatId = await smallChatOf(other);
    await order(client, { deed: 'prepare', ms: 0, once: true });
    await indexed(parley);
    await watched(other, chatId, () => sleep(WINDOW_MS));
    const figures: Figure[] = [];
    for (const [deed, what, isLong] of DEEDS)
      figures.push(
        ...(await measure(parley, client, { other, chatId }, { deed, what, isLong: isLong ?? false })),
      );
    printTable(
      `Big things, and what others wait meanwhile; load of the machine ${loadavg()[0]!.toFixed(1)}`,
      figures,
    );
  } finally {
    await client.terminate();
    await parley.stop();
  }
}

/** How long the deed takes, and the others' p95 beside it and without it: medians of alternating rounds. */
async function measure(
  parley: BenchParley,
  client: Worker,
  { other, chatId }: { other: Person; chatId: string },
  { deed, what, isLong }: { deed: string; what: string; isLong: boolean },
): Promise<Figure[]> {
  const took: number[] = [];
  const quiet: number[] = [];
  const busy: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    // What was brought in is entered into the search index afterwards.
    await indexed(parley);
    quiet.push(percentile((await watched(other, chatId, () => sleep(WINDOW_MS))).waits, 0.95));
    const beside = await watched(other, chatId, () => order(client, { deed, ms: WINDOW_MS, once: isLong }));
    busy.push(percentile(beside.waits, 0.95));
    took.push(...beside.value);
  }
  return [
    { what, value: median(took), unit: 'ms' },
    { what: "  others' p95", value: median(busy), floor: median(quiet), unit: 'ms', ratio: true, must: 1.2 },
  ];
}

/** What somebody else does all day: looks at their list, opens a chat, renames it. */
async function watched<T>(
  person: Person,
  chatId: string,
  work: () => Promise<T>,
): Promise<{ value: T; waits: number[] }> {
  const deeds = [
    () => person.fetch('/api/v1/chats?limit=20'),
    () => person.fetch(`/api/v1/chats/${chatId}/messages`),
    () => person.fetch(`/api/v1/chats/${chatId}`, { method: 'PATCH', json: { title: 'Small' } }),
  ];
  const waits: number[] = [];
  let isOver = false;
  const others = (async () => {
    for (let at = 0; !isOver; at++) {
      const from = performance.now();
      await (await deeds[at % deeds.length]!()).arrayBuffer();
      waits.push(performance.now() - from);
      await sleep(PAUSE_MS);
    }
  })();
  const value = await work().finally(() => {
    isOver = true;
  });
  await others;
  return { value, waits };
}

async function order(client: Worker, what: BigOrder): Promise<number[]> {
  client.postMessage(what);
  const [{ took, error }] = (await once(client, 'message')) as [{ took?: number[]; error?: string }];
  if (!took) throw new Error(error);
  return took;
}

/** Until everything that was said can be found. */
async function indexed({ databaseUrl }: BenchParley): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  for (;;) {
    const { rowCount } = await client.query('SELECT FROM search_due LIMIT 1');
    if (rowCount === 0) break;
    await sleep(100);
  }
  await client.end();
}

async function smallChatOf(person: Person): Promise<string> {
  const messages = Array.from({ length: 50 }, (_, at) => ({
    id: crypto.randomUUID(),
    role: at % 2 === 0 ? 'user' : 'assistant',
    content: [{ type: 'text', text: `Turn ${at}. `.repeat(20) }],
  }));
  const chained = messages.map((message, at) => ({ ...message, parentId: messages[at - 1]?.id ?? null }));
  const record = { schema: 'parley.chat/1', id: crypto.randomUUID(), title: 'Small', messages: chained };
  const answer = await person.fetch('/api/v1/chats/import', { method: 'POST', json: record });
  if (!answer.ok) throw new Error(await answer.text());
  return record.id;
}
