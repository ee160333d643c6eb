/** How programs share the line with others, and leave it. */
import type OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import type { LedgerEntry } from '#features/usage/ledger.ts';
import { signUp } from '#test/harness/accounts.ts';
import { makeKey } from '#test/harness/make.ts';
import { eventually } from '#test/harness/streams.ts';
import {
  ada,
  ask,
  client,
  clientWith,
  failure,
  ledger,
  parley,
  post,
  setUpGateway,
  upstream,
} from './openai-client.ts';

setUpGateway();

describe('who hangs up', () => {
  it('from a stream stops the generation and closes the upstream', async () => {
    const stream = await client.chat.completions.create({
      ...ask('Go on', { model: 'far/long' }),
      stream: true,
    });
    for await (const chunk of stream) if (chunk.choices[0]?.delta.content) break;
    const hungUpAt = performance.now();
    const request = await eventually(
      async () => upstream.requests.at(-1)!,
      ({ closedAt }) => closedAt !== null,
    );
    expect(request.completed).toBe(false);
    expect(request.closedAt! - hungUpAt).toBeLessThan(2000);
    expect((await eventually(ledger, ([entry]) => entry!.state !== 'running'))[0]).toMatchObject({
      state: 'cancelled',
    });
  });

  it('while waiting for a whole answer stops it as well', async () => {
    for (const model of ['far/long', 'one/demo']) {
      const controller = new AbortController();
      const asked = failure(
        client.chat.completions.create(ask('/script tokens=9000 rate=50', { model }), {
          signal: controller.signal,
        }),
      );
      await eventually(ledger, ([entry]) => entry?.model === model && entry.state === 'running');
      controller.abort();
      await asked;
      const [entry] = await eventually(ledger, ([first]) => first!.finishedAt !== null);
      expect(entry).toMatchObject({ model, state: 'cancelled' });
    }
  });

  it('and whose key is revoked, is cut off', async () => {
    const bob = await signUp(parley.url);
    const made = (await (
      await bob.fetch('/api/v1/api-keys', { method: 'POST', json: { name: 'k' } })
    ).json()) as {
      id: string;
      key: string;
    };
    const stream = await clientWith(made.key).chat.completions.create({
      ...ask('/script tokens=9000 rate=50'),
      stream: true,
    });
    await bob.fetch(`/api/v1/api-keys/${made.id}`, { method: 'DELETE' });
    await failure(
      (async () => {
        for await (const _chunk of stream);
      })(),
    );
    expect(
      (
        await eventually(
          () => ledger(bob),
          ([entry]) => entry!.finishedAt !== null,
        )
      )[0],
    ).toMatchObject({ state: 'cancelled' });
  });
});

/** The last so many of everybody's, in the order in which they were begun; who is answered first is another matter. */
const started = async (count: number): Promise<LedgerEntry[]> => {
  const response = await ada.fetch(`/api/v1/generations?all=true&limit=${count}`);
  const { items } = (await response.json()) as { items: LedgerEntry[] };
  return items.toSorted((a, b) => a.startedAt!.localeCompare(b.startedAt!));
};

it('a class that is asked for decides who goes first', async () => {
  const running = await client.chat.completions.create({
    ...ask('/script tokens=9000 rate=50', { model: 'one/demo' }),
    stream: true,
  });
  const asked = ['background', 'batch', 'interactive'].map(async (name) =>
    (await post(ask('/script tokens=1 rate=0', { model: 'one/demo' }), { 'x-parley-class': name })).json(),
  );
  await eventually(ledger, (entries) => entries.filter((entry) => entry.state === 'queued').length === 3);
  running.controller.abort();
  await Promise.all(asked);
  expect((await started(3)).map((entry) => entry.class)).toEqual(['interactive', 'batch', 'background']);
});

it('two users share one slot, however much one of them asks at once', async () => {
  const bob = await signUp(parley.url);
  const his = clientWith(await makeKey(bob));
  // Bob cannot tell a model how fast to be.
  const one = (who: OpenAI) => who.chat.completions.create(ask('Quickly', { model: 'one/fast' }));
  const running = await client.chat.completions.create({
    ...ask('/script tokens=9000 rate=500', { model: 'one/demo' }),
    stream: true,
  });
  // Something to be ahead by.
  const words = running[Symbol.asyncIterator]();
  for (let count = 0; count < 50; count++) await words.next();
  const flood = Array.from({ length: 8 }, () => one(client));
  await eventually(ledger, (entries) => entries.filter((entry) => entry.state === 'queued').length >= 5);
  const light = [one(his), one(his)];
  await eventually(
    () => ledger(bob),
    (entries) => entries.length === 2,
  );
  running.controller.abort();
  await Promise.all([...flood, ...light]);
  // The flooding one has been served already, so that the light one goes first, and again as soon as it is behind.
  const first = (await started(10)).slice(0, 4);
  expect(first.filter(({ user }) => user?.id === bob.userId)).toHaveLength(2);
});
