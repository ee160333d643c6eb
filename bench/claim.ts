/** How fast workers claim when the line is long: straight on the database, with 10 and with 10,000 waiting. */
import { claim } from '#features/generations/server/queue/claim.ts';
import type { Database } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import { onDatabase } from './harness/database.ts';
import { percentile, printTable } from './harness/figures.ts';
import { type RunOptions, scaled } from './harness/run.ts';

const WAITING = 10_000;
const USERS = 100;
const CLAIMS = 400;

export async function claims(options: RunOptions): Promise<void> {
  await onDatabase(async (db) => {
    const few = await measure(db, 10, options);
    const many = await measure(db, scaled(WAITING, options, 500), options);
    const long = `${many.waiting.toLocaleString('en')} waiting`;
    printTable(`Claims by two workers at once, one endpoint of one slot, ${USERS} users`, [
      { what: `a claim with 10 waiting, p50`, unit: 'ms', value: percentile(few.times, 0.5) },
      { what: `a claim with ${long}, p50`, unit: 'ms', value: percentile(many.times, 0.5) },
      { what: `a claim with ${long}, p99`, unit: 'ms', value: percentile(many.times, 0.99) },
      { what: `claims a second with ${long}`, unit: '', value: many.perSecond },
      { what: 'claimed twice, or above the slots', unit: '', value: many.wrong + few.wrong, must: 0 },
    ]);
  });
}

async function measure(db: Database, waiting: number, options: RunOptions) {
  const endpointId = await queueUp(db, waiting);
  const wanted = Math.min(waiting, scaled(CLAIMS, options, 50));
  const times: number[] = [];
  const claimed = new Set<string>();
  let wrong = 0;
  const work = async () => {
    const workerId = newId();
    while (claimed.size < wanted) {
      const startedAt = performance.now();
      const got = await claim(db, endpointId, workerId);
      if (got.length > 0) times.push(performance.now() - startedAt);
      if (got.length > 1) wrong += 1;
      for (const { id } of got) {
        if (claimed.has(id)) wrong += 1;
        claimed.add(id);
        await db.$client.query(
          `UPDATE generations SET state = 'completed', finished_at = now(), lease_until = NULL WHERE id = $1`,
          [id],
        );
      }
    }
  };
  const startedAt = performance.now();
  await Promise.all([work(), work()]);
  const perSecond = (claimed.size / (performance.now() - startedAt)) * 1000;
  return { times, perSecond, wrong, waiting };
}

/** An endpoint with so many generations waiting, in turn of different users. */
async function queueUp(db: Database, waiting: number): Promise<string> {
  const endpointId = newId();
  const pool = db.$client;
  await pool.query(`INSERT INTO endpoints (id, name, kind, slots) VALUES ($1, $2, 'scripted', 1)`, [
    endpointId,
    `e${waiting}`,
  ]);
  const users = Array.from({ length: USERS }, () => newId());
  await pool.query(
    `INSERT INTO users (id, name, email) SELECT id, 'A user', id || '@example.org' FROM unnest($1::uuid[]) AS u(id)`,
    [users],
  );
  await pool.query(
    `INSERT INTO generations (id, user_id, endpoint_id, model_name, model_id, estimate)
     SELECT gen_random_uuid(), ($1::uuid[])[1 + n % $2], $3, 'm', 'e/m', 100 + n % 7 FROM generate_series(1, $4) n`,
    [users, USERS, endpointId, waiting],
  );
  await pool.query('ANALYZE');
  return endpointId;
}
