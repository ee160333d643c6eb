/** `kill -9` of a Parley that does everything while it sends what waits: every message is sent once, in its order. */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { OutboxItem } from '#features/chats/outbox.ts';
import { textOf } from '#features/messages/rules.ts';
import { makeWhole, type Whole } from './harness/make.ts';
import { messagesOf } from './harness/stored.ts';
import { eventually } from './harness/streams.ts';

const ROUNDS = 4;
const ITEMS = 5;
/** A reply takes some of it, and the kill comes somewhere in a few of them. */
const KILL_WITHIN_MS = 900;
const BEHAVIOUR = '\n/upstream {"tokens":4,"rate":40}';

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

it('each waiting message is sent exactly once and in order, whenever the server is killed', async ({
  onTestFinished,
}) => {
  const whole = await makeWhole(onTestFinished);
  for (let round = 0; round < ROUNDS; round++) await killWhileHandingOver(whole, round);
}, 180_000);

async function killWhileHandingOver(whole: Whole, round: number): Promise<void> {
  const { ada } = whole;
  const chatId = randomUUID();
  const texts = Array.from({ length: ITEMS }, (_, n) => `${round}.${n}${BEHAVIOUR}`);
  const modelId = 'upstream/normal';
  const ids = texts.map(() => randomUUID());
  const post = (path: string, json?: unknown) =>
    ada.fetch(`/api/v1${path}`, { method: 'POST', ...(json !== undefined && { json }) });
  const first = { content: `first${BEHAVIOUR}`, modelId };
  await post('/messages', { chat: { id: chatId }, message: first });
  for (const [n, content] of texts.entries()) {
    const kept = await post(`/chats/${chatId}/messages`, { id: ids[n], content, modelId, when: 'next' });
    expect(kept.status).toBe(202);
  }
  const outbox = async () =>
    ((await (await ada.fetch(`/api/v1/chats/${chatId}/outbox`)).json()) as { items: OutboxItem[] }).items;
  // Twice, so that what was handed over by the one that started again is killed as well.
  for (let kills = 0; kills < 2; kills++) {
    await sleep(Math.random() * KILL_WITHIN_MS);
    await whole.parley.kill();
    await whole.start();
  }
  // A reply that the kill cut off holds the rest; its person sends it on.
  await eventually(
    async () => {
      const items = await outbox();
      if (items[0]?.state === 'held') await post(`/outbox/${items[0].id}/send`);
      return items;
    },
    (items) => items.length === 0,
    40_000,
  );
  const said = (await messagesOf(ada, chatId)).filter(({ role }) => role === 'user');
  expect(said.slice(1).map(({ id }) => id)).toEqual(ids);
  expect(said.slice(1).map(({ content }) => textOf(content))).toEqual(texts);
  const ledger = (await (await ada.fetch('/api/v1/generations?limit=200')).json()) as {
    items: { chatId: string }[];
  };
  expect(ledger.items.filter((one) => one.chatId === chatId)).toHaveLength(ITEMS + 1);
}
