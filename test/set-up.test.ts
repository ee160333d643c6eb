/** Who becomes the admin of a fresh instance, and who may make an account at all. */
import { request } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import type { Config } from '#config';
import { setUpCode } from '#features/accounts/server/index.ts';
import { admin, guest, signUp } from './harness/accounts.ts';
import { makeGround } from './harness/make.ts';
import { startTestParley } from './harness/parley.ts';
import { startParleyProcess } from './harness/process.ts';
import { eventually } from './harness/streams.ts';

async function make(overrides: Partial<Config> = {}) {
  const parley = await startTestParley(overrides);
  onTestFinished(() => parley.close());
  const { db } = parley.services;
  const count = async () =>
    (await db.$client.query(`SELECT count(*)::int AS n FROM users WHERE NOT is_anonymous`)).rows[0].n;
  return { ...parley, count, code: () => setUpCode(parley.services) };
}

/** As a proxy on the same machine passes it on. */
const FORWARDED = { 'x-forwarded-for': '203.0.113.9' };

async function ask(url: string, more: Record<string, unknown> = {}, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}/api/auth/sign-up/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...FORWARDED, ...headers },
    body: JSON.stringify({
      name: 'Eve',
      email: `${crypto.randomUUID()}@example.org`,
      password: 'correct horse battery',
      ...more,
    }),
  });
  const { code, user } = (await response.json()) as { code?: string; user?: { id: string } };
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  return { status: response.status, code, user, cookie };
}

const roleOf = async (url: string, cookie: string) =>
  ((await (await fetch(`${url}/api/v1/me`, { headers: { cookie } })).json()) as { role: string }).role;

test('the first visitor of an exposed instance makes no account without the set-up code, nor does a guest', async () => {
  const { url, count, code } = await make();
  const setupCode = (await code())!;
  expect(setupCode).toMatch(/^[a-z2-9]{24}$/);
  expect(await code()).toBe(setupCode);
  const visitor = await guest(url);
  const refused = { status: 403, code: 'SETUP_CODE_NEEDED', cookie: '' };
  expect(await ask(url)).toMatchObject(refused);
  expect(await ask(url, { setupCode: '' })).toMatchObject(refused);
  expect(await ask(url, { setupCode: { $ne: '' } })).toMatchObject(refused);
  expect(await ask(url, {}, { cookie: visitor.cookie })).toMatchObject(refused);
  const wrong = { status: 403, code: 'SETUP_CODE_WRONG' };
  expect(await ask(url, { setupCode: setupCode.slice(1) })).toMatchObject(wrong);
  expect(await ask(url, { setupCode: `${setupCode}a` }, { cookie: visitor.cookie })).toMatchObject(wrong);
  expect(await count()).toBe(0);

  const typed = ` ${setupCode.toUpperCase()}\n`;
  const owner = await ask(url, { setupCode: typed }, { cookie: visitor.cookie });
  expect(owner).toMatchObject({ status: 200, user: { id: visitor.userId } });
  expect(await roleOf(url, owner.cookie)).toBe('admin');
  expect(await code()).toBeNull();
  const later = await ask(url, { setupCode });
  expect(await roleOf(url, later.cookie)).toBe('member');
});

test('a page whose name was pointed at this machine is no visitor of this machine', async () => {
  const { url, count } = await make();
  const { port } = new URL(url);
  const status = await new Promise((resolve) => {
    const headers = { host: `rebound.example:${port}`, 'content-type': 'application/json' };
    const sent = request(`${url}/api/auth/sign-up/email`, { method: 'POST', headers }, ({ statusCode }) =>
      resolve(statusCode),
    );
    sent.end('{"name": "Eve", "email": "eve@example.org", "password": "correct horse battery"}');
  });
  expect(status).toBeGreaterThanOrEqual(400);
  expect(await count()).toBe(0);
});

test('of twenty who come with the code at once exactly one gets in where accounts are closed', async () => {
  const { url, count, code } = await make({ signUp: 'off' });
  const setupCode = await code();
  const all = await Promise.all(Array.from({ length: 20 }, () => ask(url, { setupCode })));
  const [one, ...none] = all.filter(({ status }) => status === 200);
  expect(none).toEqual([]);
  expect(await roleOf(url, one!.cookie)).toBe('admin');
  expect(all.filter(({ code }) => code === 'SIGN_UP_OFF')).toHaveLength(19);
  expect(await count()).toBe(1);
});

test('where accounts are closed, the page knows it and offers none, and each way says why', async () => {
  for (const [signUpMode, code] of [
    ['invite', 'INVITATION_NEEDED'],
    ['off', 'SIGN_UP_OFF'],
  ] as const) {
    const { url } = await make({ signUp: signUpMode });
    const rules = async (headers: Record<string, string> = {}) =>
      (await fetch(`${url}/api/auth/sign-up`, { headers })).json();
    expect(await rules()).toEqual({ signUp: signUpMode, setup: 'nothing', mail: false });
    expect(await rules(FORWARDED)).toEqual({ signUp: signUpMode, setup: 'code', mail: false });
    await admin(url);
    expect(await rules(FORWARDED)).toEqual({ signUp: signUpMode, setup: null, mail: false });
    expect(await ask(url)).toMatchObject({ status: 403, code });
    await expect(signUp(url)).rejects.toThrow(code);
    const visitor = await guest(url);
    expect(await (await visitor.fetch('/api/v1/me')).json()).toMatchObject({ maySignUp: false });
    await expect(signUp(url, { as: visitor })).rejects.toThrow(code);
  }
});

test('guessing the code ends at twenty a minute', async () => {
  const { url } = await make({ rateLimits: true });
  const guesses: number[] = [];
  for (let guess = 0; guess < 21; guess++) guesses.push((await ask(url, { setupCode: `${guess}` })).status);
  expect(guesses).toEqual([...Array(20).fill(403), 429]);
});

test('as long as there is no admin, the start says where one is made, and warns when others can reach it', async () => {
  const ground = await makeGround(onTestFinished);
  const env = { DATABASE_URL: ground.database.url.url, HOST: '0.0.0.0' };
  const parley = await startParleyProcess({ dataDir: ground.dataDir, env });
  onTestFinished(() => parley.kill());
  // The log is written beside the lines, and may come a moment later.
  const { stdout } = await eventually(
    async () => parley.output(),
    ({ stderr }) =>
      stderr.includes('HOST is 0.0.0.0, so other machines reach this Parley, and it has no admin yet'),
  );
  const [setUp, ready, ...rest] = stdout.split('\n');
  expect([ready, ...rest]).toEqual([`Parley is ready at ${parley.url}`, '']);
  expect(setUp).toMatch(new RegExp(`^Set up at ${parley.url}/sign-up\\?setup=[a-z2-9]{24}$`));
  const setupCode = setUp!.split('=')[1];
  const url = parley.url.replace('0.0.0.0', '127.0.0.1');
  expect(await ask(url, { setupCode })).toMatchObject({ status: 200 });
});
