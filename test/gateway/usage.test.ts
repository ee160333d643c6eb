import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Usage } from '#features/usage/usage.ts';
import { admin, guest, type Person, signUp } from '#test/harness/accounts.ts';
import { addEndpoint } from '#test/harness/endpoints.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { eventually, send } from '#test/harness/streams.ts';

let parley: TestParley;
let ada: Person;
let bob: Person;
beforeAll(async () => {
  parley = await startTestParley();
  await addEndpoint(parley.services, { slots: 1 });
  ada = await admin(parley.url);
  bob = await signUp(parley.url);
});
afterAll(() => parley.close());

const usage = async (person: Person, query = ''): Promise<Usage> => {
  const response = await person.fetch(`/api/v1/usage${query}`);
  if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
  return (await response.json()) as Usage;
};

it('tells somebody what they have left, with the limits set for them', async () => {
  await ada.fetch(`/api/v1/admin/users/${bob.userId}`, { method: 'PATCH', json: { tokensPerDay: 5000 } });
  await send(bob, '/script usage=40,12 tokens=12 rate=0');
  await eventually(
    () => usage(bob),
    ({ used }) => used.running + used.waiting === 0,
  );
  // Once more: its parts are read side by side, and may differ by the moment of the end.
  const read = await usage(bob);
  expect(read.limits).toMatchObject({ tokensPerDay: 5000, maxConcurrent: 100 });
  expect(read.used).toEqual({ chats: 1, running: 0, waiting: 0, lastMinute: 1, tokens: 52 });
  expect(read.days).toEqual([
    expect.objectContaining({
      model: 'test/demo',
      generations: 1,
      started: 1,
      inputTokens: 40,
      outputTokens: 12,
    }),
  ]);
  expect((await usage(await guest(parley.url))).days).toEqual([]);
});

it('counts days as the clock of the asker does, and only as many as were asked for', async () => {
  const person = await signUp(parley.url);
  const { generation } = await send(person, '/script rate=0 tokens=1');
  await eventually(
    () => usage(person),
    ({ used }) => used.running + used.waiting === 0,
  );
  const setQueued = (time: string) =>
    parley.services.db.$client.query('UPDATE generations SET queued_at = $2 WHERE id = $1', [
      generation.id,
      time,
    ]);
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  // Half past eleven at night in Greenwich is already the next morning in Kiribati.
  await setQueued(`${yesterday}T23:30:00Z`);
  expect((await usage(person, '?days=2')).days[0]?.day).toBe(yesterday);
  expect((await usage(person, '?days=3&timeZone=Pacific/Kiritimati')).days[0]?.day).toBe(
    new Date(Date.parse(yesterday) + 86_400_000).toISOString().slice(0, 10),
  );
  expect((await usage(person, '?days=1')).days).toEqual([]);
});

it.each(['?timeZone=Nowhere/Land', '?days=0', '?days=1000', "?timeZone=';--"])(
  'refuses %s in words',
  async (query) => {
    const response = await bob.fetch(`/api/v1/usage${query}`);
    expect(response.status).toBe(400);
    expect(((await response.json()) as { error: { field: string } }).error.field).toMatch(/timeZone|days/);
  },
);
