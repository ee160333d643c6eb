import { afterAll, beforeAll, expect, test } from 'vitest';
import { removeIdleGuests } from '#features/accounts/server/index.ts';
import { ENDING_TABLES, MOVED_TABLES } from '#features/accounts/server/merge-guest.ts';
import { admin, guest, type Person, signIn, signUp } from '#test/harness/accounts.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';

let parley: TestParley;
beforeAll(async () => {
  parley = await startTestParley();
  await admin(parley.url);
});
afterAll(() => parley.close());

const sql = async <T>(text: string, values: unknown[] = []): Promise<T[]> =>
  (await parley.database.db.$client.query(text, values)).rows;

test('every table that belongs to users either moves with a guest who signs in or ends with them', async () => {
  const tables = await sql<{ name: string }>(
    `SELECT DISTINCT conrelid::regclass::text AS name FROM pg_constraint
     WHERE contype = 'f' AND confrelid = 'users'::regclass ORDER BY name`,
  );
  // Rows of these may be an address's, or the instance's and a chat's, as well, or name who is gone, so nothing refers from them to users.
  const known = [
    ...tables.map(({ name }) => name),
    'agent_versions',
    'context_versions',
    'fair_share',
    'storage',
  ];
  expect(known.sort()).toEqual([...Object.keys(MOVED_TABLES), ...ENDING_TABLES].sort());
});

test('a guest’s generations and place in the fair share go to the account they sign in to', async () => {
  const account = await signUp(parley.url);
  const visitor = await guest(parley.url);
  const [endpoint] = await sql<{ id: string }>(
    `INSERT INTO endpoints (id, name, kind) VALUES (gen_random_uuid(), 'shared', 'scripted') RETURNING id`,
  );
  for (const [person, counter] of [
    [account, 5],
    [visitor, 7],
  ] as [Person, number][])
    await sql('INSERT INTO fair_share (endpoint_id, party_id, counter) VALUES ($1, $2, $3)', [
      endpoint!.id,
      person.userId,
      counter,
    ]);
  await sql(
    `INSERT INTO generations (id, user_id, model_name, model_id) VALUES (gen_random_uuid(), $1, 'm', 'shared/m')`,
    [visitor.userId],
  );
  await signIn(parley.url, account, visitor);
  expect(await sql('SELECT party_id, counter FROM fair_share')).toEqual([
    { party_id: account.userId, counter: 7 },
  ]);
  expect(await sql('SELECT user_id FROM generations')).toEqual([{ user_id: account.userId }]);
  await sql('DELETE FROM generations');
});

test('a guest who sends while they sign in loses nothing that was accepted', async () => {
  const account = await signUp(parley.url);
  for (let round = 0; round < 3; round++) {
    const visitor = await guest(parley.url);
    const make = () => visitor.fetch('/api/v1/chats', { method: 'POST', json: {} });
    const results = await Promise.all([
      make(),
      make(),
      make(),
      signIn(parley.url, account, visitor),
      make(),
      make(),
      make(),
    ]);
    const answers = results.filter((one) => one instanceof Response);
    const accepted = answers.filter(({ status }) => status === 201);
    expect(answers.map(({ status }) => status).filter((status) => ![201, 401, 404].includes(status))).toEqual(
      [],
    );
    for (const answer of accepted) {
      const { id } = await answer.json();
      expect(await sql('SELECT user_id FROM chats WHERE id = $1', [id])).toEqual([
        { user_id: account.userId },
      ]);
    }
  }
});

test('guests idle for too long are removed with their chats; those who came back, and accounts, stay', async () => {
  await sql('DELETE FROM chats');
  const [idle, active, member] = [await guest(parley.url), await guest(parley.url), await signUp(parley.url)];
  for (const person of [idle, active, member])
    await sql('INSERT INTO chats (id, user_id) VALUES (gen_random_uuid(), $1)', [person.userId]);
  await sql(`UPDATE users SET last_active_at = now() - interval '31 days'`);
  // The mark of a visit is written after the answer.
  await new Promise((resolve) => setTimeout(resolve, 1100));
  await active.fetch('/api/v1/me');
  await expect
    .poll(
      async () => (await sql(`SELECT FROM users WHERE last_active_at > now() - interval '1 minute'`)).length,
    )
    .toBe(1);
  expect(await removeIdleGuests(parley.services)).toBeGreaterThanOrEqual(1);
  const left = await sql<{ user_id: string }>('SELECT user_id FROM chats');
  expect(left.map(({ user_id }) => user_id).sort()).toEqual([active.userId, member.userId].sort());
  await expect.poll(async () => (await idle.fetch('/api/v1/me')).status).toBe(401);
  expect((await member.fetch('/api/v1/me')).status).toBe(200);
});

test('without guests an account is needed: no new ones, and old ones can only sign up', async () => {
  const visitor = await guest(parley.url);
  const closed = await startTestParley(
    { guests: false },
    { database: parley.database, dataDir: parley.services.config.dataDir },
  );
  try {
    const refused = await fetch(`${closed.url}/api/auth/sign-in/anonymous`, { method: 'POST' });
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ code: 'GUESTS_DISABLED' });
    const there = { headers: { cookie: visitor.cookie } };
    expect((await fetch(`${closed.url}/api/v1/me`, there)).status).toBe(401);
    expect((await signUp(closed.url, { as: visitor })).userId).toBe(visitor.userId);
  } finally {
    await closed.close();
  }
});

test('guests are told apart by a name of their own', async () => {
  const both = await Promise.all([guest(parley.url), guest(parley.url)]);
  const names = await Promise.all(
    both.map(async (one) => ((await (await one.fetch('/api/v1/me')).json()) as { name: string }).name),
  );
  expect(names[0]).toMatch(/^Guest [A-Z2-9]{4}$/);
  expect(names[1]).not.toBe(names[0]);
});
