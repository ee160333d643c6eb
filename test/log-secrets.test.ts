import { expect, onTestFinished, test } from 'vitest';
import { signUp } from '#test/harness/accounts.ts';
import { makeKey, makeProcess } from '#test/harness/make.ts';

test('passwords, cookies, keys and query strings are in no log, however much is logged', async () => {
  const { database, parley } = await makeProcess(onTestFinished, { LOG_LEVEL: 'trace' });

  const person = await signUp(parley.url);
  const key = await makeKey(person);
  const bearer = { headers: { authorization: `Bearer ${key}` } };
  expect((await fetch(`${parley.url}/api/v1/chats?q=query-canary`, bearer)).status).toBe(200);
  const canary = { email: person.email, password: 'password-canary' };
  expect((await person.fetch('/api/auth/sign-in/email', { method: 'POST', json: canary })).status).toBe(401);
  // A table that is gone makes every kind of failure: those of ours and those inside better-auth.
  await database.db.$client.query('ALTER TABLE sessions RENAME TO sessions_gone');
  const again = { email: person.email, password: person.password };
  expect((await person.fetch('/api/auth/sign-in/email', { method: 'POST', json: again })).status).toBe(500);
  expect((await person.fetch('/api/auth/get-session')).status).toBe(500);
  // Who asked a moment ago is still known.
  await expect
    .poll(async () => (await person.fetch('/api/v1/me?token=query-canary')).status, { timeout: 5000 })
    .toBe(500);
  expect((await fetch(`${parley.url}/api/auth/sign-in/anonymous`, { method: 'POST' })).status).toBe(500);
  await parley.stop('SIGTERM');

  const { stdout, stderr } = parley.output();
  const secrets = [
    person.password,
    canary.password,
    key,
    key.slice(10),
    'query-canary',
    ...person.cookie.split('=').slice(1),
  ];
  const token = decodeURIComponent(person.cookie.split('=')[1]!).split('.')[0]!;
  for (const secret of [...secrets, token])
    expect(
      (stdout + stderr).split('\n').filter((line) => line.includes(secret)),
      `${secret} is in the log`,
    ).toEqual([]);
  expect(stderr).toContain('"route":"/api/v1/chats"');
  expect(stderr).toContain('params: not shown');
});
