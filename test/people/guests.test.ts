/** Guests who become somebody: what waits in their outboxes comes along, whatever happens at the same moment. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { admin, guest, type Person, signIn, signUp } from '#test/harness/accounts.ts';
import { QUICK_CLOCK } from '#test/harness/clock.ts';
import { addEndpoint } from '#test/harness/endpoints.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { eventually, send } from '#test/harness/streams.ts';

let parley: TestParley;
beforeAll(async () => {
  parley = await startTestParley({ guestTimeoutMinutes: 90 }, {}, QUICK_CLOCK);
  await addEndpoint(parley.services, { slots: 20 });
  await admin(parley.url);
});
afterAll(() => parley.close());

const sql = async <T>(text: string, values: unknown[] = []): Promise<T[]> =>
  (await parley.database.db.$client.query(text, values)).rows;

test.each(['signs in', 'signs up'])(
  'a guest who %s while messages wait, and more are sent, loses none',
  async (how) => {
    const account = how === 'signs in' ? await signUp(parley.url) : null;
    const visitor = await guest(parley.url);
    const { chat } = await send(visitor, '/script tokens=40 rate=40');
    const wait = async (tokens: number) => {
      const content = `/script rate=0 tokens=${tokens}`;
      const json = { content, when: 'next' };
      const answer = await visitor.fetch(`/api/v1/chats/${chat.id}/messages`, { method: 'POST', json });
      return answer.status === 202 ? content : null;
    };
    const before = [await wait(1), await wait(2)];
    const [person, ...meanwhile] = await Promise.all([
      account ? signIn(parley.url, account, visitor) : signUp(parley.url, { as: visitor }),
      wait(3),
      wait(4),
    ]);
    const accepted = [...before, ...meanwhile].filter((content) => content !== null);
    expect(accepted.length).toBeGreaterThanOrEqual(2);
    const owners = await sql<{ user_id: string }>(
      `SELECT user_id FROM chats WHERE id = $1 UNION SELECT user_id FROM outbox WHERE chat_id = $1
     UNION SELECT user_id FROM generations WHERE chat_id = $1`,
      [chat.id],
    );
    expect(owners).toEqual([{ user_id: person.userId }]);
    // Each is said once, by the account: the reply goes on, and what waits follows it.
    const said = async () =>
      (
        await sql<{ text: string }>(
          `SELECT content -> 0 ->> 'text' AS text FROM messages WHERE chat_id = $1 AND role = 'user'
         UNION ALL SELECT content -> 0 ->> 'text' FROM outbox WHERE chat_id = $1`,
          [chat.id],
        )
      )
        .map(({ text }) => text)
        .filter((text) => text.startsWith('/script rate=0'))
        .sort();
    expect(await said()).toEqual(accepted.toSorted());
    const waiting = () => sql(`SELECT FROM outbox WHERE chat_id = $1 AND state = 'waiting'`, [chat.id]);
    await eventually(waiting, (rows) => rows.length === 0, 20_000);
    expect(await said()).toEqual(accepted.toSorted());
  },
);

test('a guest is told until when what they have is kept, and an account is not', async () => {
  const visitor = await guest(parley.url);
  const me = async (person: Person) => (await person.fetch('/api/v1/me')).json();
  const left = Date.parse((await me(visitor)).expiresAt) - Date.now();
  expect(left).toBeGreaterThan(88 * 60_000);
  expect(left).toBeLessThanOrEqual(90 * 60_000 + 1000);
  expect((await me(await signUp(parley.url, { as: visitor }))).expiresAt).toBeNull();
});
