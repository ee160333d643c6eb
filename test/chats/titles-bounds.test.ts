/** Titles that a model makes, where limits are kept, and where Parley goes down: each on a Parley of its own. */
import { expect, it } from 'vitest';
import type { Usage } from '#features/usage/usage.ts';
import { admin, guest, signUp } from '../harness/accounts.ts';
import { QUICK_CLOCK } from '../harness/clock.ts';
import { type Finish, makeDatabase, makeFolder } from '../harness/make.ts';
import { startTestParley } from '../harness/parley.ts';
import { generationWhen } from '../harness/stored.ts';
import { addUpstream } from '../harness/upstream-endpoint.ts';
import { startUpstream } from '../upstream/start-upstream.ts';
import {
  ANSWERER,
  begin,
  behave,
  makeTitles,
  titleBegun,
  titled,
  titleRequests,
  titleRows,
  titlesEnded,
} from './titles-people.ts';

async function ground(finish: Finish) {
  const upstream = await startUpstream({ models: ['normal', 'titler'] });
  finish(() => upstream.close());
  const database = await makeDatabase(finish);
  const dataDir = await makeFolder(finish);
  const start = (more: object = {}) =>
    startTestParley({ dataDir, ...more }, { database, dataDir }, QUICK_CLOCK);
  return { upstream, start };
}

it('a title counts in no limit of who sends: not as running, not in a minute, not as a place in the line', async ({
  onTestFinished,
}) => {
  const { upstream, start } = await ground(onTestFinished);
  const parley = await start({ rateLimits: true });
  onTestFinished(() => parley.close());
  const boss = await admin(parley.url);
  await addUpstream(boss, upstream, { slots: 2 });
  await makeTitles(boss);
  const limits = await boss.fetch('/api/v1/admin/settings', {
    method: 'PATCH',
    json: { requestsPerMinute: 3 },
  });
  expect(limits.status).toBe(200);
  behave(upstream, { pieces: ['Never ', 'read'], rate: 0, hang: 1 });
  const visitor = await guest(parley.url);
  const { chat, generation } = await begin(visitor);
  expect((await generationWhen(visitor, generation.id)).state).toBe('completed');
  await titleBegun(visitor);
  const { used } = (await (await visitor.fetch('/api/v1/usage')).json()) as Usage;
  expect(used).toMatchObject({ running: 0, waiting: 0, lastMinute: 1 });
  // A guest may have one running, and the title is none of theirs; they may send three times a minute, and it was not sent.
  const say = (content: string) =>
    visitor.fetch(`/api/v1/chats/${chat.id}/messages`, {
      method: 'POST',
      json: { content, modelId: ANSWERER },
    });
  for (const content of ['two', 'three']) {
    const response = await say(content);
    expect(response.status).toBe(202);
    const next = (await response.json()) as { generation: { id: string } };
    expect((await generationWhen(visitor, next.generation.id, ['completed'], 10_000)).state).toBe(
      'completed',
    );
    expect(await titleRows(visitor)).toMatchObject([{ state: 'running' }]);
  }
  expect((await say('four')).status).toBe(429);
  // A line that takes nobody but who can start at once takes who can start in the title’s stead.
  await parley.services.db.$client.query('UPDATE endpoints SET max_queued = 0, slots = 1');
  const ada = await signUp(parley.url);
  const other = await begin(ada);
  expect((await generationWhen(ada, other.generation.id)).state).toBe('completed');
});

it('a title is not made while Parley goes down: it waits for the next start, and is made and charged once', async ({
  onTestFinished,
}) => {
  const { upstream, start } = await ground(onTestFinished);
  const first = await start();
  const boss = await admin(first.url);
  await addUpstream(boss, upstream);
  await makeTitles(boss);
  behave(upstream, { pieces: ['Never ', 'read'], rate: 0, hang: 1 });
  const { chat } = await begin(boss);
  await titleBegun(boss);
  const before = performance.now();
  await first.parley.close();
  expect(performance.now() - before).toBeLessThan(QUICK_CLOCK.drainMs);
  behave(upstream);
  const again = await start({ port: Number(new URL(first.url).port) });
  onTestFinished(() => again.close());
  await titled(boss, chat.id);
  const rows = await titlesEnded(boss);
  expect(rows).toMatchObject([{ state: 'completed' }]);
  const charged = await again.services.db.$client.query<{ charged: number }>(
    `SELECT charged FROM generations WHERE client = 'titles'`,
  );
  const { inputTokens, outputTokens } = rows[0]!;
  expect(charged.rows).toEqual([{ charged: inputTokens! + 2 * outputTokens! }]);
  expect(titleRequests(upstream)).toHaveLength(2);
});
