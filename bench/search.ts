/** How fast somebody finds what was said among a million messages of two hundred people, and how soon what is said is found. */
import { startSearchIndex } from '#features/search/server/indexer/start-search-index.ts';
import { search } from '#features/search/server/run-search.ts';
import { REAL_CLOCK } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import { createLogger } from '#platform/log.ts';
import { createPlaces } from '#platform/places.ts';
import { onDatabase } from './harness/database.ts';
import { type Figure, percentile, printTable } from './harness/figures.ts';
import { type RunOptions, scaled, sleep } from './harness/run.ts';
import { enter, USERS, write } from './search/million.ts';
import { askersOf, questions } from './search/questions.ts';

const MESSAGES = 1_000_000;
/** Entered by the worker's own code, to see how fast that is; the rest by one statement. */
const ENTERED = 20_000;
const SENDS = 200;

export async function searches(options: RunOptions): Promise<void> {
  await onDatabase(async (db) => {
    const count = scaled(MESSAGES, options, 20_000);
    await write(db, count);
    const build = await enter(db, scaled(ENTERED, options, 2000));
    const found = await measure(db, options);
    printTable(
      `Search, ${count.toLocaleString('en')} messages of ${USERS} users, 70 % English, 30 % Russian`,
      [
        ...found,
        { what: 'entered into the index a second, by the worker', unit: '', value: build.perSecond },
        {
          what: 'the index and its table, a million messages',
          unit: 'MB',
          value: (build.megabytes * 1e6) / count,
        },
      ],
    );
    printTable('What is said while the index is kept up', await follow(db, scaled(SENDS, options, 50)));
    const late = found.filter(({ value, must }) => must !== undefined && value > must);
    if (late.length > 0)
      throw new Error(`Longer than it may take: ${late.map(({ what }) => what).join('; ')}`);
  });
}

/** Every kind of question, asked by the heaviest users, by some in the middle and by light ones; each a second time, as its pages are read then. */
async function measure(db: Database, options: RunOptions) {
  const askers = await askersOf(db);
  const kinds = await questions(db);
  const rows: Figure[] = [];
  const all: number[] = [];
  const rounds = scaled(3, options);
  for (const [kind, asked] of Object.entries(kinds)) {
    const times: number[] = [];
    for (const { principal, nth } of askers)
      for (const q of asked(nth))
        for (let round = 0; round <= rounds; round++) {
          const startedAt = performance.now();
          await search({ db }, createPlaces(1), principal, { q, limit: 20 });
          if (round > 0) times.push(performance.now() - startedAt);
        }
    all.push(...times);
    rows.push({ what: `${kind}, p50`, unit: 'ms', value: percentile(times, 0.5) });
    rows.push({ what: `${kind}, p95`, unit: 'ms', value: percentile(times, 0.95), must: 200, aim: 50 });
  }
  rows.push({ what: 'all of them, p50', unit: 'ms', value: percentile(all, 0.5) });
  rows.push({ what: 'all of them, p95', unit: 'ms', value: percentile(all, 0.95), must: 200, aim: 50 });
  return rows;
}

/** How long what is sent takes to be found, fifty sends a second, and what entering it costs the send itself. */
async function follow(db: Database, sends: number) {
  const { rows } = await db.$client.query<{ id: string }>('SELECT id FROM chats LIMIT 50');
  const send = async (nth: number): Promise<{ id: string; ms: number }> => {
    const id = newId();
    const startedAt = performance.now();
    await db.$client.query({
      name: 'bench-send',
      text: `INSERT INTO messages (id, chat_id, role, content, generation_id) VALUES ($1, $2, 'user', $3, NULL), ($4, $2, 'assistant', '[]', $4)`,
      values: [
        id,
        rows[nth % rows.length]!.id,
        JSON.stringify([{ type: 'text', text: `${'some words of mine '.repeat(20)} ${nth}` }]),
        newId(),
      ],
    });
    return { id, ms: performance.now() - startedAt };
  };
  const costs = { with: [] as number[], without: [] as number[] };
  for (let nth = 0; nth < sends * 2; nth++) {
    const is = Math.floor(nth / 20) % 2 === 0 ? 'with' : 'without';
    if (nth % 20 === 0)
      await db.$client.query(
        `ALTER TABLE messages ${is === 'with' ? 'ENABLE' : 'DISABLE'} TRIGGER messages_due_new`,
      );
    costs[is].push((await send(nth)).ms);
  }
  await db.$client.query('ALTER TABLE messages ENABLE TRIGGER messages_due_new');
  const stop = startSearchIndex({ db, reports: db, log: createLogger('warn'), clock: REAL_CLOCK });
  const lags = await Promise.all(
    Array.from({ length: sends }, async (_, nth) => {
      await sleep(nth * 20);
      const { id } = await send(nth);
      const startedAt = performance.now();
      while (!(await db.$client.query('SELECT FROM message_search WHERE message_id = $1', [id])).rowCount)
        await sleep(10);
      return performance.now() - startedAt;
    }),
  );
  await stop();
  return [
    { what: 'committed → found, p50', unit: 'ms', value: percentile(lags, 0.5) },
    { what: 'committed → found, p95', unit: 'ms', value: percentile(lags, 0.95) },
    { what: 'committed → found, longest', unit: 'ms', value: Math.max(...lags), must: 1000 },
    { what: 'the two messages of a send stored, p50', unit: 'ms', value: percentile(costs.with, 0.5) },
    { what: '… without their being made due, p50', unit: 'ms', value: percentile(costs.without, 0.5) },
  ];
}
