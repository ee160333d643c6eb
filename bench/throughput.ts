/** Tokens relayed per second of CPU, all processes counted: parse, number, persist, publish, write out, and enter into the search index. */
import { type Database, openDatabase } from '#platform/database/database.ts';
import { createLogger } from '#platform/log.ts';
import { median, printTable } from './harness/figures.ts';
import { cpuSeconds } from './harness/processes.ts';
import { onGround, type RunOptions, scaled, sleep } from './harness/run.ts';
import { openStream, type Relay } from './harness/streams.ts';

const STREAMS = 32;
/** Per stream; long enough that starting a stream does not count. */
const TOKENS = 10_000;
/** Of each way to be compared, in turns, so that a busy moment of the machine hits all alike. */
const ROUNDS = 3;

type Measured = { perCpuSecond: number; perSecond: number };

export const throughput = (options: RunOptions): Promise<void> =>
  onGround(options, async ({ parley, pipe, floor }) => {
    const db = openDatabase({ url: parley.databaseUrl }, createLogger('warn'), 1);
    const tokens = scaled(TOKENS, options, 500);
    const measure = async (relay: Relay, pids: readonly number[], prompt: string, count: number) => {
      const before = cpuSeconds(pids);
      const startedAt = performance.now();
      const streams = Array.from({ length: STREAMS }, () => openStream(relay, `tokens=${count} ${prompt}`));
      const results = await Promise.all(streams.map((stream) => stream.done));
      const seconds = (performance.now() - startedAt) / 1000;
      // The last flush, commit and notification belong to the work, as does what follows later.
      await sleep(300);
      await searchable(db);
      const relayed = results.reduce((sum, result) => sum + result.tokens, 0);
      if (relayed !== STREAMS * count)
        throw new Error(`${relay.name} relayed ${relayed} of ${STREAMS * count} tokens`);
      return { perCpuSecond: relayed / (cpuSeconds(pids) - before), perSecond: relayed / seconds };
    };
    const ofPipe = (prompt: string, count: number) => measure(floor, [pipe.pid], prompt, count);
    const ofParley = (prompt: string, count: number) => measure(parley.relay, parley.pids, prompt, count);
    for (const relay of [floor, parley.relay]) await measure(relay, [pipe.pid], 'rate=0', 300);

    const ways = {
      floor: () => ofPipe('rate=0 words', tokens),
      words: () => ofParley('rate=0 words', tokens),
      notEntered: () => withoutIndex(db, () => ofParley('rate=0 words', tokens)),
      numbers: () => ofParley('rate=0', tokens),
    };
    const fast = await inTurns(ways, scaled(ROUNDS, options));
    const paced = {
      floor: await ofPipe('rate=100 words', scaled(600, options, 100)),
      parley: await ofParley('rate=100 words', scaled(600, options, 100)),
    };
    const bounds = { must: 0.2, aim: 0.35, bound: 'least', ratio: true } as const;
    const row = (what: string, { perCpuSecond }: Measured) => ({
      what,
      unit: 'tokens',
      value: perCpuSecond,
      floor: fast.floor.perCpuSecond,
      ...bounds,
    });
    printTable(`Tokens per CPU-second, ${STREAMS} streams, PostgreSQL's CPU included`, [
      row(`as fast as read, ${tokens} words each`, fast.words),
      row('… nothing entered into the search index', fast.notEntered),
      row('… no word twice, the worst for an index', fast.numbers),
      {
        what: 'words per second of time',
        unit: 'tokens',
        value: fast.words.perSecond,
        floor: fast.floor.perSecond,
      },
      {
        what: 'at 100 tokens/s each',
        unit: 'tokens',
        value: paced.parley.perCpuSecond,
        floor: paced.floor.perCpuSecond,
      },
    ]);
    await db.$client.end();
  });

/** The medians of each way, measured in turns. */
async function inTurns<Name extends string>(ways: Record<Name, () => Promise<Measured>>, rounds: number) {
  const measured = Object.fromEntries(Object.keys(ways).map((name) => [name, []])) as unknown as Record<
    Name,
    Measured[]
  >;
  for (let round = 0; round < rounds; round++)
    for (const name of Object.keys(ways) as Name[]) measured[name].push(await ways[name]());
  const of = (name: Name, what: keyof Measured) => median(measured[name].map((one) => one[what]));
  return Object.fromEntries(
    (Object.keys(ways) as Name[]).map((name) => [
      name,
      { perCpuSecond: of(name, 'perCpuSecond'), perSecond: of(name, 'perSecond') },
    ]),
  ) as Record<Name, Measured>;
}

/** Waits until everything is in the search index, down to the words that are merged into it later. */
async function searchable(db: Database): Promise<void> {
  while ((await db.$client.query('SELECT FROM search_due LIMIT 1')).rowCount) await sleep(20);
  await db.$client.query(`SELECT gin_clean_pending_list('message_search_by_word')`);
}

/** Runs `work` while nothing becomes due for the index. */
async function withoutIndex<T>(db: Database, work: () => Promise<T>): Promise<T> {
  const triggers = (what: 'ENABLE' | 'DISABLE') =>
    db.$client.query(`ALTER TABLE messages ${what} TRIGGER messages_due_new;
      ALTER TABLE messages ${what} TRIGGER messages_due_changed`);
  await triggers('DISABLE');
  return work().finally(() => triggers('ENABLE'));
}
