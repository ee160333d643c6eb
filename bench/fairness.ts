/** How evenly busy users are served: Jain's index over work served, and the longest anybody waits between two turns. */
import pg from 'pg';
import { jainIndex, printTable } from './harness/figures.ts';
import { type Ground, onGround, type RunOptions, scaled, sleep } from './harness/run.ts';

const SLOTS = 2;
/** Two slots, and no answer shorter than 20 tokens at 200 a second. */
const MOST_PER_SECOND = 20;

export async function fairness(options: RunOptions): Promise<void> {
  const shared = { ...options, workers: 2, redis: false };
  await onGround(shared, (ground) => measure(ground, options, { users: 2, endpoints: 1, seconds: 20 }), 2);
  await onGround(shared, (ground) => measure(ground, options, { users: 50, endpoints: 3, seconds: 60 }), 50);
}

/** `seconds`: measured while everybody still has work waiting; long enough for everybody to have several turns. */
type Crowd = { users: number; endpoints: number; seconds: number };

async function measure(
  ground: Ground,
  options: RunOptions,
  { users, endpoints, seconds: full }: Crowd,
): Promise<void> {
  const { parley, upstream } = ground;
  const seconds = scaled(full, options, 5);
  const ids: string[] = [];
  for (let n = 0; n < endpoints; n++) ids.push(await parley.addEndpoint(`line${n}`, upstream.url, SLOTS));
  const client = new pg.Client({ connectionString: parley.databaseUrl });
  await client.connect();
  try {
    // Everybody stands in line before the first is served.
    await client.query('UPDATE endpoints SET paused_at = now() WHERE id = ANY ($1::uuid[])', [ids]);
    await fillLines(ground, users, endpoints, seconds);
    await client.query('UPDATE endpoints SET paused_at = NULL WHERE id = ANY ($1::uuid[])', [ids]);
    await client.query(`SELECT pg_notify('parley_wake', id::text) FROM unnest($1::uuid[]) AS line(id)`, [
      ids,
    ]);
    const from = await now(client);
    await sleep(seconds * 1000);
    const { rows } = await client.query<Row>(SERVED, [ids, from]);
    if (rows.some((row) => row.waiting === 0))
      throw new Error('somebody ran out of work; the figures mean nothing');
    report(rows, users, endpoints, seconds);
  } finally {
    await client.end();
  }
}

async function fillLines(
  { parley }: Ground,
  users: number,
  endpoints: number,
  seconds: number,
): Promise<void> {
  // More than two slots can serve in the time; the first user floods.
  const enough = Math.ceil((seconds * MOST_PER_SECOND) / users) + 4;
  await Promise.all(
    parley.people.slice(0, users).map(async (person, turn) => {
      for (let n = 0; n < (turn === 0 ? enough * 2 : enough); n++)
        for (let line = 0; line < endpoints; line++) {
          // Users differ in what they ask for; the same work is not the same number of questions.
          const tokens = 20 + ((turn * 7) % 5) * 10;
          const response = await person.fetch('/api/v1/messages', {
            method: 'POST',
            json: { message: { content: `tokens=${tokens} rate=200`, modelId: `line${line}/bench` } },
          });
          if (response.status !== 202) throw new Error(await response.text());
        }
    }),
  );
}

type Row = {
  endpoint_id: string;
  work: number;
  largest: number;
  gap: number;
  waiting: number;
  starts: number;
};

function report(rows: Row[], users: number, endpoints: number, seconds: number): void {
  const lines = Map.groupBy(rows, (row) => row.endpoint_id);
  const worst = { jain: 1, spread: 0, gap: 0, turns: 0 };
  for (const line of lines.values()) {
    const work = line.map((row) => row.work);
    worst.jain = Math.min(worst.jain, jainIndex(work));
    const largest = Math.max(...line.map((row) => row.largest));
    worst.spread = Math.max(worst.spread, (Math.max(...work) - Math.min(...work)) / largest);
    worst.gap = Math.max(worst.gap, ...line.map((row) => row.gap));
    worst.turns += line.reduce((sum, row) => sum + row.starts, 0);
  }
  printTable(
    `Fairness, ${users} always-busy users, ${endpoints} endpoint(s) of ${SLOTS} slots, 2 workers, ${seconds} s, ${worst.turns} generations`,
    [
      { what: 'Jain index, worst endpoint', unit: '', value: worst.jain, bound: 'least', must: 0.98 },
      { what: 'served work differs by', unit: "requests' cost", value: worst.spread, must: 2 },
      { what: 'longest wait between two turns', unit: 's', value: worst.gap },
    ],
  );
}

const now = async (client: pg.Client): Promise<Date> =>
  (await client.query<{ now: Date }>('SELECT now()')).rows[0]!.now;

/** Per endpoint and user since `$2`: work served, the costliest request, the longest gap between starts, what waits. */
const SERVED = `
  WITH line AS (SELECT * FROM generations WHERE endpoint_id = ANY ($1::uuid[])),
  starts AS (
    SELECT endpoint_id, user_id, coalesce(charged, estimate) AS cost,
      extract(epoch FROM started_at - lag(started_at) OVER (PARTITION BY endpoint_id, user_id ORDER BY started_at)) AS gap
    FROM line WHERE started_at >= $2
  )
  SELECT l.endpoint_id, l.user_id,
    (SELECT coalesce(sum(cost), 0) FROM starts s WHERE s.endpoint_id = l.endpoint_id AND s.user_id = l.user_id)::float8 AS work,
    (SELECT coalesce(max(cost), 0) FROM starts s WHERE s.endpoint_id = l.endpoint_id AND s.user_id = l.user_id)::float8 AS largest,
    (SELECT coalesce(max(gap), 0) FROM starts s WHERE s.endpoint_id = l.endpoint_id AND s.user_id = l.user_id)::float8 AS gap,
    (SELECT count(*) FROM starts s WHERE s.endpoint_id = l.endpoint_id AND s.user_id = l.user_id)::int AS starts,
    count(*) FILTER (WHERE state = 'queued')::int AS waiting
  FROM line l GROUP BY l.endpoint_id, l.user_id`;
