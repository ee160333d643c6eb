/** Links in the wrong hands: what caches, logs, other sites, cookies and guesses get to know of them. */
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { MISSES_PER_MINUTE, READS_PER_MINUTE } from '#features/sharing/server/find-by-link.ts';
import { newToken } from '#platform/secret-token.ts';
import { admin, guest, type Person, signUp } from '../harness/accounts.ts';
import { addEndpoint } from '../harness/endpoints.ts';
import { makeProcess } from '../harness/make.ts';
import { startTestParley, type TestParley } from '../harness/parley.ts';
import { QUICK, read, say, share } from './people.ts';

let parley: TestParley;
let ada: Person;
let token: string;
let chatId: string;
beforeAll(async () => {
  parley = await startTestParley({ rateLimits: true });
  await admin(parley.url);
  await addEndpoint(parley.services);
  ada = await signUp(parley.url);
  chatId = (await say(ada, QUICK)).chat.id;
  token = (await share(ada, chatId)).token;
});
afterAll(() => parley.close());

test('what a link shows is kept by no cache, listed nowhere and named to no other site', async () => {
  for (const path of [`/s/${token}`, `/api/v1/shares/${token}`, `/s/${newToken()}`]) {
    const { headers } = await fetch(parley.url + path, { headers: { accept: 'text/html' } });
    expect([path, headers.get('cache-control'), headers.get('etag')]).toEqual([
      path,
      'private, no-store',
      null,
    ]);
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-robots-tag')).toContain('noindex');
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
  }
  const page = await (await fetch(`${parley.url}/s/${token}`)).text();
  expect(page).toContain('<meta name="robots" content="noindex, nofollow" />');
  expect(page.match(/<meta name="referrer"[^>]*>/g)).toEqual([
    '<meta name="referrer" content="no-referrer" />',
  ]);
});

test('whose cookie comes along makes no difference, and none is set', async () => {
  const seen: unknown[] = [];
  const disabled = { cookie: 'parley.session_token=made-up.signature' };
  for (const headers of [{}, { cookie: ada.cookie }, { cookie: (await guest(parley.url)).cookie }, disabled])
    for (const path of [`/s/${token}`, `/api/v1/shares/${token}`]) {
      const answer = await fetch(parley.url + path, { headers: { accept: 'text/html', ...headers } });
      seen.push([path, answer.status, answer.headers.getSetCookie(), await answer.text()]);
    }
  expect(new Set(seen.map((one) => JSON.stringify(one))).size).toBe(2);
  expect(JSON.stringify(seen)).not.toContain('session_token');
});

test('what is not there is said in one way, whatever it was', async () => {
  const gone = (await share(ada, chatId, { expiresAt: new Date(Date.now() + 60_000).toISOString() })).token;
  await parley.services.db.$client.query(
    'UPDATE shares SET expires_at = created_at WHERE expires_at IS NOT NULL',
  );
  const other = (await say(ada, QUICK)).chat.id;
  const deleted = (await share(ada, other)).token;
  await ada.fetch(`/api/v1/chats/${other}`, { method: 'DELETE' });
  const answers: string[] = [];
  for (const asked of [
    gone,
    deleted,
    newToken(),
    'x',
    'ü',
    `${token}x`,
    token.slice(1),
    token.toUpperCase(),
  ]) {
    const answer = await fetch(`${parley.url}/api/v1/shares/${asked}`);
    answers.push(`${answer.status} ${await answer.text()}`);
  }
  expect([...new Set(answers)]).toEqual([expect.stringMatching(/^404 .*share_not_there/)]);
});

test('guesses are stopped where they come from, and leave those who have links alone until then', async () => {
  await parley.services.db.$client.query('DELETE FROM attempts');
  for (let count = 0; count < 2 * MISSES_PER_MINUTE; count++)
    expect((await read(parley.url, token)).status).toBe(200);
  const found: number[] = [];
  for (let count = 0; count <= MISSES_PER_MINUTE; count++)
    found.push((await fetch(`${parley.url}${count % 2 ? '/s/' : '/api/v1/shares/'}${newToken()}`)).status);
  expect(found.filter((status) => status === 404)).toHaveLength(MISSES_PER_MINUTE);
  expect(found.at(-1)).toBe(429);
  // An answer would say which guess was right.
  expect((await read(parley.url, token)).status).toBe(429);
  expect((await ada.fetch(`/api/v1/shares/${token}/copy`, { method: 'POST' })).status).toBe(429);
  await parley.services.db.$client.query('DELETE FROM attempts');
});

test('who reads a link without end is stopped as well', async () => {
  const { $client } = parley.services.db;
  await read(parley.url, token);
  await $client.query(`UPDATE attempts SET count = $1 WHERE key LIKE 'share-read:%'`, [READS_PER_MINUTE - 1]);
  expect((await read(parley.url, token)).status).toBe(200);
  expect((await read(parley.url, token)).status).toBe(429);
  await $client.query('DELETE FROM attempts');
});

test('links are in no log, however much is logged and whatever fails', async () => {
  const { database, parley: logging } = await makeProcess(onTestFinished, { LOG_LEVEL: 'trace' });
  const person = await signUp(logging.url);
  const { chat } = await say(person, QUICK);
  const made = await share(person, chat.id);
  const unknown = newToken();
  for (const path of [
    `/s/${made.token}`,
    `/api/v1/shares/${made.token}`,
    `/s/${unknown}`,
    `/api/v1/shares/${unknown}`,
  ])
    await fetch(logging.url + path, { headers: { referer: `${logging.url}/s/${made.token}` } });
  await person.fetch(`/api/v1/shares/${made.token}/copy`, { method: 'POST' });
  await fetch(`${logging.url}/s/${made.token}`, { method: 'POST' });
  await fetch(`${logging.url}/s/${made.token}/more`);
  await database.db.$client.query('ALTER TABLE shares RENAME TO shares_gone');
  expect((await fetch(`${logging.url}/api/v1/shares/${made.token}`)).status).toBe(500);
  expect((await fetch(`${logging.url}/s/${made.token}`)).status).toBe(500);
  await logging.stop('SIGTERM');
  const { stdout, stderr } = logging.output();
  const lines = (stdout + stderr).split('\n');
  for (const secret of [made.token, unknown])
    expect(lines.filter((line) => line.includes(secret))).toEqual([]);
  expect(stderr).toContain('"route":"/s/:token"');
});
