/** A second factor: how it is turned on and off, and what nobody gets past. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { admin, cookieOf, guest, type Person, personWith, signUp } from '#test/harness/accounts.ts';
import { makeKey } from '#test/harness/make.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { giveCode, givePassword, readKey, send, turnOn } from '#test/harness/second-factor.ts';

let parley: TestParley;
let boss: Person;
beforeAll(async () => {
  parley = await startTestParley();
  boss = await admin(parley.url);
});
afterAll(() => parley.close());

const sql = (text: string, values: unknown[] = []) => parley.database.db.$client.query(text, values);
const state = async (person: Person) => (await person.fetch('/api/v1/me/two-factor')).json();
const as = (person: Person, cookie: string) => personWith(parley.url, { ...person, cookie });

/** A sign-in as far as the second factor. */
const begin = async (person: Person, visitor?: Person) =>
  (await givePassword(parley.url, person, visitor)).cookie;

test('it is turned on by the password and a code, and asked for from then on', async () => {
  const ada = await signUp(parley.url);
  expect(await state(ada)).toEqual({ enabled: false, recoveryCodesLeft: 0, hasPassword: true });
  expect((await send(ada, 'enable', { password: 'wrong horse' })).status).toBe(400);
  const begun = await send(ada, 'enable', { password: ada.password });
  const { totpURI, backupCodes } = await begun.json();
  expect(new Set(backupCodes).size).toBe(10);
  const authenticator = readKey(totpURI);
  // Begun is not on: who leaves here is not locked out.
  expect((await givePassword(parley.url, ada)).response.status).toBe(200);
  expect((await state(ada)).enabled).toBe(false);
  expect((await send(ada, 'verify-totp', { code: '000000' })).status).toBe(401);
  expect((await send(ada, 'verify-totp', { code: authenticator.code() })).status).toBe(200);
  expect(await state(ada)).toEqual({ enabled: true, recoveryCodesLeft: 10, hasPassword: true });
  const session = await (await ada.fetch('/api/auth/get-session')).json();
  expect(session.user.twoFactorEnabled).toBe(true);

  const { response, cookie } = await givePassword(parley.url, ada);
  expect(await response.json()).toEqual({ twoFactorRedirect: true, twoFactorMethods: ['totp'] });
  const signedIn = await giveCode(parley.url, cookie, authenticator.code(1));
  expect(signedIn.status).toBe(200);
  expect((await signedIn.clone().json()).user).toMatchObject({ id: ada.userId, twoFactorEnabled: true });
  const me = await as(ada, cookieOf(signedIn)).fetch('/api/v1/me');
  expect((await me.json()).id).toBe(ada.userId);
});

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
  const wrong = (index: number) => String(Number(code()) + 1 + index).padStart(6, '0').slice(-6);
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

test('each recovery code opens once, however it is typed, until they are renewed', async () => {
  const ada = await signUp(parley.url);
  const { recoveryCodes } = await turnOn(ada);
  const give = async (code: string) =>
    giveCode(parley.url, await begin(ada), code, 'verify-backup-code');
  const typed = ` ${recoveryCodes[0]!.replace('-', ' ').toUpperCase()} `;
  const first = await give(typed);
  expect(first.status).toBe(200);
  expect((await give(recoveryCodes[0]!)).status).toBe(401);
  expect((await state(ada)).recoveryCodesLeft).toBe(9);
  const inside = as(ada, cookieOf(first));
  expect((await send(inside, 'generate-backup-codes', { password: 'wrong horse' })).status).toBe(400);
  const renewed = await send(inside, 'generate-backup-codes', { password: ada.password });
  const { backupCodes } = await renewed.json();
  expect((await give(recoveryCodes[1]!)).status).toBe(401);
  expect((await give(backupCodes[1])).status).toBe(200);
});

test('a recovery code of somebody else, or the code of their authenticator, opens nothing', async () => {
  const [ada, eve] = [await signUp(parley.url), await signUp(parley.url)];
  await turnOn(ada);
  const ofEve = await turnOn(eve);
  const cookie = await begin(ada);
  expect((await giveCode(parley.url, cookie, ofEve.code())).status).toBe(401);
  expect((await giveCode(parley.url, cookie, ofEve.recoveryCodes[0]!, 'verify-backup-code')).status).toBe(401);
});

test('neither the secret nor a recovery code lies in the database, and a secret moved to another row opens nothing', async () => {
  const [ada, eve] = [await signUp(parley.url), await signUp(parley.url)];
  const begun = await (await send(ada, 'enable', { password: ada.password })).json();
  const key = new URL(begun.totpURI).searchParams.get('secret')!;
  const { code } = readKey(begun.totpURI);
  await send(ada, 'verify-totp', { code: code() });
  const { rows } = await sql('SELECT t::text AS text FROM two_factors t WHERE user_id = $1', [ada.userId]);
  for (const secret of [key, ...begun.backupCodes, ...begun.backupCodes.map((one: string) => one.replace('-', ''))])
    expect(rows[0].text).not.toContain(secret);
  await turnOn(eve);
  await sql(
    'UPDATE two_factors SET secret = (SELECT secret FROM two_factors WHERE user_id = $1), last_step = 0 WHERE user_id = $2',
    [ada.userId, eve.userId],
  );
  expect((await giveCode(parley.url, await begin(eve), code())).status).toBe(500);
});

test('what a guest has comes along at the second factor, and not before', async () => {
  const ada = await signUp(parley.url);
  const { code } = await turnOn(ada);
  const visitor = await guest(parley.url);
  await visitor.fetch('/api/v1/chats', { method: 'POST', json: { title: 'Mine' } });
  const cookie = await begin(ada, visitor);
  expect((await visitor.fetch('/api/v1/me')).status).toBe(200);
  const signedIn = await giveCode(parley.url, cookie, code());
  expect(await signedIn.clone().json()).toMatchObject({ mergedGuestId: visitor.userId });
  const me = await (await as(ada, cookieOf(signedIn)).fetch('/api/v1/me')).json();
  expect(me).toMatchObject({ id: ada.userId, chatCount: 1 });
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
  expect(signedIn.headers.getSetCookie().some((one) => /^parley\.two_factor=; Max-Age=0/.test(one))).toBe(true);
});

test('who is disabled between the two halves stays out, and a sign-in that waits too long ends', async () => {
  const ada = await signUp(parley.url);
  const { code } = await turnOn(ada);
  const cookie = await begin(ada);
  const disable = (disabled: boolean) =>
    boss.fetch(`/api/v1/admin/users/${ada.userId}`, { method: 'PATCH', json: { disabled } });
  await disable(true);
  const refused = await giveCode(parley.url, cookie, code());
  expect(refused.status).toBe(401);
  expect(await refused.json()).toMatchObject({ code: 'ACCOUNT_DISABLED' });
  await disable(false);
  await sql(`UPDATE sign_in_challenges SET expires_at = now() - interval '1 second' WHERE user_id = $1`, [
    ada.userId,
  ]);
  expect((await giveCode(parley.url, cookie, code())).status).toBe(401);
});

test('who is signed in changes their password without a code, and the new one still needs it', async () => {
  const ada = await signUp(parley.url);
  const { code } = await turnOn(ada);
  const changed = await ada.fetch('/api/auth/change-password', {
    method: 'POST',
    json: { currentPassword: ada.password, newPassword: 'another long password' },
  });
  expect(changed.status).toBe(200);
  expect((await as(ada, cookieOf(changed)).fetch('/api/v1/me')).status).toBe(200);
  const again = { ...ada, password: 'another long password' };
  const { response, cookie } = await givePassword(parley.url, again);
  expect(await response.json()).toMatchObject({ twoFactorRedirect: true });
  expect((await giveCode(parley.url, cookie, code())).status).toBe(200);
});

test('API keys go on without it, and cannot touch it', async () => {
  const ada = await signUp(parley.url);
  const key = await makeKey(ada);
  await turnOn(ada);
  const program = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  expect((await fetch(`${parley.url}/api/v1/me`, { headers: program })).status).toBe(200);
  for (const route of ['enable', 'disable', 'generate-backup-codes']) {
    const response = await fetch(`${parley.url}/api/auth/two-factor/${route}`, {
      method: 'POST',
      headers: { ...program, cookie: ada.cookie },
      body: JSON.stringify({ password: ada.password }),
    });
    expect(response.status, route).toBe(401);
  }
});

test('it is turned off by the password, and guests have none', async () => {
  const ada = await signUp(parley.url);
  await turnOn(ada);
  expect((await send(ada, 'enable', { password: ada.password })).status).toBe(400);
  expect((await send(ada, 'disable', { password: 'wrong horse' })).status).toBe(400);
  expect((await send(ada, 'disable', { password: ada.password })).status).toBe(200);
  expect((await givePassword(parley.url, ada)).response.headers.getSetCookie()[0]).toMatch(
    /^parley\.session_token=/,
  );
  expect((await send(ada, 'disable', { password: ada.password })).status).toBe(400);
  const visitor = await guest(parley.url);
  expect((await send(visitor, 'enable', { password: 'whatever else' })).status).toBe(403);
});

test('an admin takes it away from who has lost it, and sees who has one; nobody else can', async () => {
  const [ada, eve] = [await signUp(parley.url), await signUp(parley.url)];
  await turnOn(ada);
  const address = `/api/v1/admin/users/${ada.userId}`;
  const waiting = await begin(ada);
  expect((await eve.fetch(`${address}/two-factor`, { method: 'DELETE' })).status).toBe(403);
  expect(await (await boss.fetch(address)).json()).toMatchObject({ twoFactor: true });
  expect((await boss.fetch(`${address}/two-factor`, { method: 'DELETE' })).status).toBe(204);
  expect((await boss.fetch(`${address}/two-factor`, { method: 'DELETE' })).status).toBe(404);
  expect(await (await boss.fetch(address)).json()).toMatchObject({ twoFactor: false });
  expect((await giveCode(parley.url, waiting, '000000')).status).toBe(401);
  expect((await (await givePassword(parley.url, ada)).response.json()).user.id).toBe(ada.userId);
});
