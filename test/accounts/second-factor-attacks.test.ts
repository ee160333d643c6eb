/** Attacks on a second factor: what nobody gets past. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { admin, cookieOf, type Person, personWith, signUp } from '#test/harness/accounts.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { giveCode, givePassword, readKey, send, turnOn } from '#test/harness/second-factor.ts';

let parley: TestParley;
beforeAll(async () => {
  parley = await startTestParley();
  await admin(parley.url);
});
afterAll(() => parley.close());

const sql = (text: string, values: unknown[] = []) => parley.database.db.$client.query(text, values);
const state = async (person: Person) => (await person.fetch('/api/v1/me/two-factor')).json();
const as = (person: Person, cookie: string) => personWith(parley.url, { ...person, cookie });

/** A sign-in as far as the second factor. */
const begin = async (person: Person, visitor?: Person) =>
  (await givePassword(parley.url, person, visitor)).cookie;

test('until the second factor is given there is no session, and what the browser holds opens nothing', async () => {
  const ada = await signUp(parley.url);
  await turnOn(ada);
  const before = await sql('SELECT id FROM sessions WHERE user_id = $1', [ada.userId]);
  const { response, cookie } = await givePassword(parley.url, ada);
  const [set] = response.headers.getSetCookie();
  expect(response.headers.getSetCookie()).toHaveLength(1);
  expect(set).toMatch(/^parley\.two_factor=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/);
  expect((await sql('SELECT id FROM sessions WHERE user_id = $1', [ada.userId])).rows).toEqual(before.rows);
  const value = cookie.split('=')[1]!;
  for (const sent of [cookie, `parley.session_token=${value}`, `parley.session_token=${value}.AAAA`])
    for (const path of ['/api/v1/me', '/api/v1/chats', '/api/v1/me/two-factor'])
      expect((await fetch(parley.url + path, { headers: { cookie: sent } })).status).toBe(401);
  const bearer = { authorization: `Bearer ${value}` };
  expect((await fetch(`${parley.url}/api/v1/me`, { headers: bearer })).status).toBe(401);
  const half = as(ada, cookie);
  for (const route of ['enable', 'disable', 'generate-backup-codes'])
    expect((await send(half, route, { password: ada.password })).status).toBe(401);
  expect(await (await half.fetch('/api/auth/get-session')).json()).toBeNull();
});

test('a code opens once: not again, not an earlier one, and of two at once one', async () => {
  const ada = await signUp(parley.url);
  const { code } = await turnOn(ada);
  const [one, two] = [await begin(ada), await begin(ada)];
  const now = code();
  const both = await Promise.all([giveCode(parley.url, one, now), giveCode(parley.url, two, now)]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
  const refused = both.find(({ status }) => status === 401)!;
  expect(await refused.json()).toMatchObject({ code: 'INVALID_CODE', reason: 'second_factor_used' });
  const three = await begin(ada);
  expect((await giveCode(parley.url, three, code(-1))).status).toBe(401);
  expect((await giveCode(parley.url, three, code(1))).status).toBe(200);
});

test('one sign-in opens one session, however many right codes come with it', async () => {
  const ada = await signUp(parley.url);
  const { code, recoveryCodes } = await turnOn(ada);
  const cookie = await begin(ada);
  const all = await Promise.all([
    giveCode(parley.url, cookie, code()),
    giveCode(parley.url, cookie, recoveryCodes[0]!, 'verify-backup-code'),
  ]);
  expect(all.map(({ status }) => status).sort()).toEqual([200, 401]);
  expect((await giveCode(parley.url, cookie, code(1))).status).toBe(401);
  const [session] = all.filter(({ ok }) => ok).map(cookieOf);
  // Who lost the race has used nothing up.
  const left = (await state(as(ada, session!))).recoveryCodesLeft;
  expect(left).toBe(all[1]!.ok ? 9 : 10);
});

test('five codes may be tried, then the password is asked for again; many at once are no more than five', async () => {
  const ada = await signUp(parley.url);
  const { code } = await turnOn(ada);
  const cookie = await begin(ada);
  const wrong = (index: number) =>
    String(Number(code()) + 1 + index)
      .padStart(6, '0')
      .slice(-6);
  const tried = await Promise.all(
    Array.from({ length: 20 }, (_, index) => giveCode(parley.url, cookie, wrong(index))),
  );
  const codes = await Promise.all(tried.map(async (response) => (await response.json()).code));
  expect(codes.filter((one) => one === 'INVALID_CODE')).toHaveLength(5);
  expect(codes.filter((one) => one === 'INVALID_TWO_FACTOR_COOKIE')).toHaveLength(15);
  expect((await giveCode(parley.url, cookie, code())).status).toBe(401);
  expect((await giveCode(parley.url, await begin(ada), code())).status).toBe(200);
});

test('ten wrong codes an hour are all there are for an account, wherever they come from; a right one forgives them', async () => {
  const limited = await startTestParley({ rateLimits: true, trustProxy: ['127.0.0.1'] });
  try {
    await admin(limited.url);
    const ada = await signUp(limited.url);
    const { code, recoveryCodes } = await turnOn(ada);
    const guess = async (index: number) => {
      const { cookie } = await givePassword(limited.url, ada);
      return giveCode(limited.url, cookie, 'none', 'verify-totp', `203.0.113.${index}`);
    };
    for (let index = 0; index < 10; index++) expect((await guess(index)).status).toBe(401);
    const { cookie } = await givePassword(limited.url, ada);
    const refused = await giveCode(limited.url, cookie, code(), 'verify-totp', '203.0.113.99');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3000);
    // A lost hour is no lock-out.
    expect((await giveCode(limited.url, cookie, recoveryCodes[3]!, 'verify-backup-code')).status).toBe(200);

    await limited.database.db.$client.query('UPDATE attempts SET count = 9 WHERE key LIKE $1', [
      'second-factor:totp:%',
    ]);
    const again = (await givePassword(limited.url, ada)).cookie;
    expect((await giveCode(limited.url, again, code())).status).toBe(200);
    const { rows } = await limited.database.db.$client.query(
      `SELECT count FROM attempts WHERE key LIKE 'second-factor:totp:%'`,
    );
    expect(rows).toEqual([]);
  } finally {
    await limited.close();
  }
});

test('from one address twenty codes a minute are looked at', async () => {
  const limited = await startTestParley({ rateLimits: true });
  try {
    const statuses: number[] = [];
    for (let index = 0; index < 21; index++)
      statuses.push((await giveCode(limited.url, 'parley.two_factor=made-up', '123456')).status);
    expect(statuses).toEqual([...Array(20).fill(401), 429]);
  } finally {
    await limited.close();
  }
});

test('a recovery code of somebody else, or the code of their authenticator, opens nothing', async () => {
  const [ada, eve] = [await signUp(parley.url), await signUp(parley.url)];
  await turnOn(ada);
  const ofEve = await turnOn(eve);
  const cookie = await begin(ada);
  expect((await giveCode(parley.url, cookie, ofEve.code())).status).toBe(401);
  expect((await giveCode(parley.url, cookie, ofEve.recoveryCodes[0]!, 'verify-backup-code')).status).toBe(
    401,
  );
});

test('neither the secret nor a recovery code lies in the database, and a secret moved to another row opens nothing', async () => {
  const [ada, eve] = [await signUp(parley.url), await signUp(parley.url)];
  const begun = await (await send(ada, 'enable', { password: ada.password })).json();
  const key = new URL(begun.totpURI).searchParams.get('secret')!;
  const { code } = readKey(begun.totpURI);
  await send(ada, 'verify-totp', { code: code() });
  const { rows } = await sql('SELECT t::text AS text FROM two_factors t WHERE user_id = $1', [ada.userId]);
  for (const secret of [
    key,
    ...begun.backupCodes,
    ...begun.backupCodes.map((one: string) => one.replace('-', '')),
  ])
    expect(rows[0].text).not.toContain(secret);
  await turnOn(eve);
  await sql(
    'UPDATE two_factors SET secret = (SELECT secret FROM two_factors WHERE user_id = $1), last_step = 0 WHERE user_id = $2',
    [ada.userId, eve.userId],
  );
  expect((await giveCode(parley.url, await begin(eve), code())).status).toBe(500);
});

test('a planted cookie is not what the session gets: each sign-in has new ones', async () => {
  const ada = await signUp(parley.url);
  const { code } = await turnOn(ada);
  const planted = 'parley.two_factor=planted; parley.session_token=planted.AAAA';
  expect((await giveCode(parley.url, planted, code())).status).toBe(401);
  const cookie = await begin(ada);
  const signedIn = await giveCode(parley.url, `${cookie}; parley.session_token=planted.AAAA`, code());
  const given = cookieOf(signedIn);
  expect(given).toMatch(/^parley\.session_token=/);
  expect(given).not.toContain('planted');
  expect(signedIn.headers.getSetCookie().some((one) => /^parley\.two_factor=; Max-Age=0/.test(one))).toBe(
    true,
  );
});
