/** How many connections a process holds while everything is asked of it at once. */
import pg from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { admin, type Person, signUp } from './harness/accounts.ts';
import { createTestDatabase } from './harness/database.ts';
import { addEndpoint } from './harness/endpoints.ts';
import { startTestParley } from './harness/parley.ts';
import { follow, readStream, send, sendStreaming } from './harness/streams.ts';

/** Counts the connections to a database, all but its own, until told to stop; then says how many there were at most. */
async function countConnections(url: string): Promise<() => Promise<number>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  let most = 0;
  let stopped = false;
  const counting = (async () => {
    while (!stopped) {
      const { rows } = await client.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM pg_stat_activity
         WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()`,
      );
      most = Math.max(most, rows[0]!.count);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await client.end();
  })();
  return async () => {
    stopped = true;
    await counting;
    return most;
  };
}

describe.each([20, 9])('a process that may hold %i connections', (databaseConnections) => {
  it('holds no more under load, and answers everybody', async () => {
    const database = await createTestDatabase();
    onTestFinished(() => database.drop());
    const parley = await startTestParley({ databaseConnections }, { database });
    onTestFinished(() => parley.close());
    await addEndpoint(parley.services, { slots: 20 });
    const boss = await admin(parley.url);
    const ask = async (path: string) => {
      const response = await boss.fetch(path);
      await response.text();
      return response.status;
    };
    const stop = await countConnections(database.url.url);

    const people: Person[] = await Promise.all(Array.from({ length: 8 }, () => signUp(parley.url)));
    const streams = people.flatMap((person) =>
      Array.from({ length: 8 }, async () =>
        readStream(await sendStreaming(person, '/script tokens=30 rate=60')),
      ),
    );
    const readings = people.map(async (person) => {
      const { generation } = await send(person, '/script tokens=30 rate=60');
      const readers = Array.from({ length: 5 }, async () => readStream(await follow(person, generation.id)));
      return (await Promise.all(readers)).flat();
    });
    const reports = Array.from({ length: 12 }, () =>
      Promise.all([
        ask('/api/v1/generations/export?format=csv&all=true'),
        ask('/api/v1/usage?timeZone=UTC'),
        ask('/api/v1/admin/queue?range=day'),
        ask('/api/v1/generations?all=true'),
      ]),
    );
    for (const events of await Promise.all([...streams, ...readings]))
      expect(events.at(-1)).toMatchObject({ type: 'message_end', data: { state: 'completed' } });
    expect(new Set((await Promise.all(reports)).flat())).toEqual(new Set([200]));

    const most = await stop();
    expect(most).toBeLessThanOrEqual(databaseConnections);
    // All kinds of work were there; less would say that this measures nothing.
    expect(most).toBeGreaterThan(databaseConnections / 2);
  });
});
