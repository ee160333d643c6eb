/** Somebody's data on its way out: what breaks off is no archive, and much of it takes no more memory than little. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signUp } from '#test/harness/accounts.ts';
import { makeProcess } from '#test/harness/make.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { eventually } from '#test/harness/streams.ts';
import { makeChat } from '../projects/people.ts';
import { fill, unzip } from './take-own-data.ts';

let here: TestParley;
beforeAll(async () => {
  here = await startTestParley();
});
afterAll(() => here.close());
const db = () => here.database.db.$client;

describe('one that breaks off', () => {
  test('ends as an error, and not as an archive', async () => {
    const ada = await signUp(here.url);
    await fill(db(), ada, 20, 5, 64_000);
    const poisoned = await makeChat(ada, { title: 'Poisoned' });
    await db().query(
      `INSERT INTO messages (id, chat_id, role, content) VALUES (gen_random_uuid(), $1, 'user', '{"not": "a list"}')`,
      [poisoned.id],
    );
    const answer = await ada.fetch('/api/v1/me/export');
    expect(answer.status).toBe(200);
    const chunks: Uint8Array[] = [];
    const reading = (async () => {
      for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) chunks.push(chunk);
    })();
    await expect(reading).rejects.toThrow();
    const bytes = Buffer.concat(chunks);
    expect(bytes.length).toBeGreaterThan(1_000_000);
    await expect(unzip(bytes)).rejects.toThrow();
    expect((await ada.fetch('/api/v1/me')).status).toBe(200);
  });

  test('because its reader has gone gives the connection back', async () => {
    const ada = await signUp(here.url);
    await fill(db(), ada, 20, 10, 128_000);
    const pool = here.services.reports.$client;
    const stop = new AbortController();
    const answer = await ada.fetch('/api/v1/me/export', { signal: stop.signal });
    await answer.body!.getReader().read();
    stop.abort();
    await eventually(
      async () => pool.totalCount - pool.idleCount,
      (busy) => busy === 0,
    );
  });
});

test.skipIf(process.platform !== 'linux')(
  'however much it is, the server holds little of it (memory is read from /proc, of Linux)',
  async ({ onTestFinished }) => {
    const { parley, database } = await makeProcess(onTestFinished, {
      ROLES: 'web',
      // Where there is plenty, what is not needed any more is cleared away late.
      NODE_OPTIONS: '--max-old-space-size=160 --max-semi-space-size=4',
    });
    const ada = await signUp(parley.url);
    // 100 MB, of which one chat has a fifth. Nobody enters it into the search index meanwhile, which takes memory of its own.
    await fill(database.db.$client, ada, 40, 20, 100_000);
    await fill(database.db.$client, ada, 1, 200, 100_000);
    const memory = () =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${parley.pid}/status`, 'utf8'))![1]) / 1024;
    await (await ada.fetch('/api/v1/chats')).text();
    const before = memory();
    let most = before;
    let bytes = 0;
    const answer = await ada.fetch('/api/v1/me/export');
    for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      most = Math.max(most, memory());
    }
    expect(bytes).toBeGreaterThan(45 * 2 ** 20);
    expect(most - before).toBeLessThan(75);
  },
);
