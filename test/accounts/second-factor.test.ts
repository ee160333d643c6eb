/** A second factor: how it is turned on and off. */
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

test('each recovery code opens once, however it is typed, until they are renewed', async () => {
  const ada = await signUp(parley.url);
  const { recoveryCodes } = await turnOn(ada);
  const give = async (code: string) => giveCode(parley.url, await begin(ada), code, 'verify-backup-code');
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
