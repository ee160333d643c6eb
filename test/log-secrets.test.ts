import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { admin, signUp } from '#test/harness/accounts.ts';
import { makeKey, makeProcess } from '#test/harness/make.ts';
import { eventually } from '#test/harness/streams.ts';

/** Asks for a WebSocket where there is none. */
const refusedUpgrade = (url: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url.replace('http', 'ws'));
    socket.on('unexpected-response', (_request, response) => {
      resolve(response.statusCode ?? 0);
      response.destroy();
    });
    socket.on('open', () => reject(new Error('it was opened')));
    socket.on('error', reject);
  });

test('passwords, cookies, keys and query strings are in no log, however much is logged', async () => {
  const { database, parley } = await makeProcess(onTestFinished, { LOG_LEVEL: 'trace' });

  const person = await signUp(parley.url);
  const key = await makeKey(person);
  const bearer = { headers: { authorization: `Bearer ${key}` } };
  expect((await fetch(`${parley.url}/api/v1/chats?q=query-canary`, bearer)).status).toBe(200);
  await refusedUpgrade(`${parley.url}/not-a-socket?q=query-canary`);
  const canary = { email: person.email, password: 'password-canary' };
  expect((await person.fetch('/api/auth/sign-in/email', { method: 'POST', json: canary })).status).toBe(401);
  // What links carry, used rightly and wrongly.
  const canaries = ['reset?token=', 'verify?token=', 'sign-up?invite=', 'api/auth/sign-up?invite='];
  for (const path of canaries) await fetch(`${parley.url}/${path}link-canary`);
  for (const [path, body] of [
    ['reset-password', { token: 'link-canary', newPassword: 'password-canary' }],
    ['verify-email', { token: 'link-canary' }],
    [
      'sign-up/email',
      { name: 'X', email: 'x@example.org', password: 'password-canary', invite: 'link-canary' },
    ],
  ] as const)
    expect((await person.fetch(`/api/auth/${path}`, { method: 'POST', json: body })).status).toBeGreaterThan(
      399,
    );
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
    'link-canary',
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

test('a refusal because there is no room leaves its request in the log, and no stack', async () => {
  const { parley } = await makeProcess(onTestFinished, { LOG_LEVEL: 'info' });
  const ada = await admin(parley.url);
  const json = { name: 'full', kind: 'scripted', maxQueued: 0 };
  const made = await ada.fetch('/api/v1/admin/endpoints', { method: 'POST', json });
  const { id } = (await made.json()) as { id: string };
  await ada.fetch(`/api/v1/admin/endpoints/${id}/pause`, { method: 'POST', json: {} });
  const message = { content: 'Hello', modelId: 'full/echo' };
  const socket = new WebSocket(`${parley.url.replace('http', 'ws')}/api/v1/live`, {
    headers: { cookie: ada.cookie },
  });
  onTestFinished(() => socket.terminate());
  const rejected = new Promise<unknown>((resolve) => {
    socket.on('message', (data) => {
      const { type, payload } = JSON.parse(String(data));
      if (type === 'rejected') resolve(payload.error.code);
    });
  });
  await new Promise((resolve) => socket.once('open', resolve));
  const chat = (await (await ada.fetch('/api/v1/chats', { method: 'POST', json: {} })).json()) as {
    id: string;
  };
  socket.send(JSON.stringify({ type: 'message', payload: { ...message, chatId: chat.id } }));
  expect(await rejected).toBe('queue_full');
  const refused = await ada.fetch('/api/v1/messages', { method: 'POST', json: { chat: {}, message } });
  expect([refused.status, await refused.json()]).toMatchObject([503, { error: { code: 'queue_full' } }]);
  await eventually(
    async () => parley.output().stderr,
    (log) => log.includes('"status":503'),
  );
  expect(parley.output().stderr).not.toContain('"stack"');
});
