/** `kill -9` of a Parley that does everything while a model makes titles: each is made, once, and charged once. */
import { expect, it } from 'vitest';
import { behave, chatOf, MADE, makeTitles, titleRows } from './chats/titles-people.ts';
import { makeWhole } from './harness/make.ts';
import { eventually, send } from './harness/streams.ts';

const ROUNDS = 4;
/** A reply and its title take less; the kill comes somewhere in them. */
const KILL_WITHIN_MS = 900;
const PIECES = ['Light ', 'in ', 'the ', 'air'];

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

it('each title is made exactly once, whenever the server is killed', async ({ onTestFinished }) => {
  const whole = await makeWhole(onTestFinished);
  const { ada, upstream } = whole;
  upstream.setModels(['normal', 'titler']);
  await ada.fetch('/api/v1/admin/endpoints', {
    method: 'POST',
    json: { name: 'titles', kind: 'openai-compatible', baseUrl: upstream.url, slots: 2 },
  });
  await makeTitles(ada, { modelId: 'titles/titler' });
  behave(upstream, { pieces: PIECES, rate: 10 });
  let named = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const { chat, generation } = await send(ada, `Round ${round}`, { modelId: 'upstream/normal' });
    for (let kills = 0; kills < 2; kills++) {
      await sleep(Math.random() * KILL_WITHIN_MS);
      await whole.parley.kill();
      await whole.start();
    }
    const reply = await eventually(
      async () =>
        (await (await ada.fetch(`/api/v1/generations/${generation.id}`)).json()) as { state: string },
      ({ state }) => state !== 'queued' && state !== 'running',
      40_000,
    );
    // A reply that was cut off is no answer to name a chat by.
    if (reply.state === 'completed') named++;
    await eventually(
      () => chatOf(ada, chat.id),
      ({ title }) => title === (reply.state === 'completed' ? MADE : `Round ${round}`),
      40_000,
    );
    const rows = await eventually(
      () => titleRows(ada),
      (all) => all.every(({ finishedAt }) => finishedAt !== null),
      40_000,
    );
    expect(rows.map(({ state }) => state)).toEqual(Array(named).fill('completed'));
  }
  expect(named).toBeGreaterThan(0);
}, 240_000);
