/** What follows the end of a generation: once, whatever the end, and whoever is killed when. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startFollowers, whenEnded } from '#features/generations/server/index.ts';
import { stop } from '#features/generations/server/run/cancel-generation.ts';
import { type Database, inTransaction } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import { admin, type Person } from '#test/harness/accounts.ts';
import { QUICK_CLOCK } from '#test/harness/clock.ts';
import { addEndpoint } from '#test/harness/endpoints.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { startParleyProcess } from '#test/harness/process.ts';
import { eventually, send } from '#test/harness/streams.ts';
import { makeNotes, NOTE, type Noted, noter, notesOf, register } from './kinds.ts';

let parley: TestParley;
let db: Database;
let ada: Person;
let endpoint: string;
/** Has ended; see `letLook`. */
let witness: string;
let stopFollowing: () => Promise<void>;
const CLOCK = { ...QUICK_CLOCK, followersLookMs: 50 };

beforeAll(async () => {
  parley = await startTestParley({}, {}, CLOCK);
  db = parley.services.db;
  await makeNotes(db);
  endpoint = await addEndpoint(parley.services, { slots: 8 });
  ada = await admin(parley.url);
  stopFollowing = startFollowers(parley.services, [noter()]);
  witness = await ask('/script tokens=1');
});
afterAll(async () => {
  await stopFollowing();
  await parley.close();
});

const ask = async (text: string): Promise<string> => (await send(ada, text)).generation.id;
const noted = (id: string, count = 1) =>
  eventually(
    () => notesOf(db, id),
    (notes) => notes.length >= count,
    20_000,
  );
/** Lets those who follow look twice for what nobody told of: each finds one that was put there in silence. */
async function letLook(where = db, generationId = witness): Promise<void> {
  for (const tag of [newId(), newId()]) {
    await where.$client.query(
      `INSERT INTO generation_followers (id, generation_id, kind, input) VALUES ($1, $2, $3, $4)`,
      [newId(), generationId, NOTE.kind, { tag }],
    );
    await eventually(
      () => notesOf(where, generationId),
      (notes) => notes.some((note) => note.tag === tag),
      20_000,
    );
  }
}
const hold = (held: boolean) =>
  ada.fetch(`/api/v1/admin/endpoints/${endpoint}/${held ? 'pause' : 'resume'}`, { method: 'POST' });

/** What is noted, and that it stays at that. */
async function notedOnce(id: string, expected: Noted[]): Promise<void> {
  expect(await noted(id, expected.length)).toEqual(expected);
  await letLook();
  expect(await notesOf(db, id)).toEqual(expected);
}

describe('what was registered for a generation follows once', () => {
  it.each([
    ['completed', '/script tokens=20 rate=20'],
    ['failed', '/script tokens=20 rate=20 fail=10'],
  ])('when it %s', async (state, text) => {
    const id = await ask(text);
    await register(db, id, 'a');
    await register(db, id, 'b');
    await notedOnce(id, [
      { tag: 'a', state },
      { tag: 'b', state },
    ]);
  });

  it('when it is cancelled while it waits', async () => {
    await hold(true);
    const id = await ask('wait');
    await register(db, id, 'a');
    await letLook();
    expect(await notesOf(db, id)).toEqual([]);
    await stop(parley.services, id);
    await hold(false);
    await notedOnce(id, [{ tag: 'a', state: 'cancelled' }]);
  });

  it('when it is stopped while it runs', async () => {
    const id = await ask('/script tokens=500 rate=20');
    await register(db, id, 'a');
    await stop(parley.services, id);
    await notedOnce(id, [{ tag: 'a', state: 'cancelled' }]);
  });

  it('at once when it has ended before', async () => {
    const id = await ask('/script tokens=1');
    await register(db, id, 'before');
    await noted(id);
    await register(db, id, 'after');
    await notedOnce(id, [
      { tag: 'after', state: 'completed' },
      { tag: 'before', state: 'completed' },
    ]);
  });

  it('however registrations and the end race, in several processes that follow', async () => {
    const other = startFollowers(parley.services, [noter()]);
    onTestFinished(other);
    const ids = await Promise.all(Array.from({ length: 8 }, () => ask('/script tokens=3 rate=100')));
    const tags = Array.from({ length: 6 }, (_, n) => `${n}`);
    await Promise.all(
      ids.flatMap((id) =>
        tags.map(async (tag, n) => {
          await new Promise((resolve) => setTimeout(resolve, n * 12));
          await register(db, id, tag);
        }),
      ),
    );
    for (const id of ids)
      expect(await noted(id, tags.length)).toEqual(tags.map((tag) => ({ tag, state: 'completed' })));
    await letLook();
    for (const id of ids) expect(await notesOf(db, id)).toHaveLength(tags.length);
    const { rows } = await db.$client.query('SELECT FROM generation_followers');
    expect(rows).toEqual([]);
  });
});

it('what was registered in a transaction that is rolled back does not follow', async () => {
  const id = await ask('/script tokens=10 rate=20');
  const undone = inTransaction(db, async (client) => {
    await whenEnded(client, NOTE, id, { tag: 'a' });
    throw new Error('changed my mind');
  });
  await expect(undone).rejects.toThrow('changed my mind');
  await register(db, id, 'b');
  await notedOnce(id, [{ tag: 'b', state: 'completed' }]);
});

it('a follower that fails has done nothing, and is tried again', async () => {
  await stopFollowing();
  let tries = 0;
  stopFollowing = startFollowers(parley.services, [
    noter(async () => {
      tries += 1;
      if (tries < 3) throw new Error('not yet');
    }),
  ]);
  const id = await ask('/script tokens=1');
  await register(db, id, 'a');
  // Its time is brought forward: it would be tried after one second, then after two.
  const bringForward = 'UPDATE generation_followers SET try_at = now() WHERE generation_id = $1';
  await eventually(
    async () => (await db.$client.query(bringForward, [id])).rowCount,
    (left) => left === 0,
  );
  expect(tries).toBe(3);
  await notedOnce(id, [{ tag: 'a', state: 'completed' }]);
});

it('a kind that nobody follows here waits for somebody who does', async () => {
  const id = await ask('/script tokens=1');
  await inTransaction(db, (client) => whenEnded(client, { ...NOTE, kind: 'of tomorrow' }, id, { tag: 'a' }));
  await letLook();
  expect(await notesOf(db, id)).toEqual([]);
  const tomorrow = startFollowers(parley.services, [{ ...noter(), kind: 'of tomorrow' }]);
  onTestFinished(tomorrow);
  await notedOnce(id, [{ tag: 'a', state: 'completed' }]);
});

describe('when a process is killed', () => {
  it('while it hands over, another one does it, once', async () => {
    await stopFollowing();
    const id = await ask('/script tokens=1');
    await register(db, id, 'a');
    const program = fileURLToPath(new URL('stuck-process.ts', import.meta.url));
    const child = spawn(process.execPath, [program, parley.database.url.url], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await notesOf(db, id)).toEqual([]);
    stopFollowing = startFollowers(parley.services, [noter()]);
    await notedOnce(id, [{ tag: 'a', state: 'completed' }]);
  });

  it('in the middle of a reply, its interruption is followed, once', async () => {
    const web = await startTestParley({ roles: new Set(['web']) }, {}, QUICK_CLOCK);
    onTestFinished(() => web.close());
    const ground = { database: web.database, dataDir: web.services.config.dataDir };
    await makeNotes(web.services.db);
    await addEndpoint(web.services);
    const child = await startParleyProcess({
      dataDir: ground.dataDir,
      clock: QUICK_CLOCK,
      env: { DATABASE_URL: web.database.url.url, ROLES: 'worker' },
    });
    const { generation } = await send(await admin(web.url), '/script tokens=500 rate=20');
    await register(web.services.db, generation.id, 'a');
    await eventually(
      () => web.services.db.$client.query('SELECT FROM generation_events'),
      ({ rowCount }) => rowCount! > 2,
      20_000,
    );
    await child.kill();
    const worker = await startTestParley({ roles: new Set(['worker']) }, ground, CLOCK);
    onTestFinished(() => worker.close());
    onTestFinished(startFollowers(worker.services, [noter()]));
    const expected = [{ tag: 'a', state: 'interrupted' }];
    const notes = async () =>
      (await notesOf(web.services.db, generation.id)).filter(({ tag }) => tag === 'a');
    expect(await eventually(notes, ({ length }) => length > 0, 20_000)).toEqual(expected);
    await letLook(web.services.db, generation.id);
    expect(await notes()).toEqual(expected);
  });
});
