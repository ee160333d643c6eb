/** Files over the API: stored whole or not at all, given back to the byte, and to nobody else. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sweepBlobs } from '#features/files/server/index.ts';
import { admin, guest, type Person, signIn, signUp } from '#test/harness/accounts.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';

let parley: TestParley;
let boss: Person;
let ada: Person;
beforeAll(async () => {
  parley = await startTestParley();
  boss = await admin(parley.url);
});
afterAll(() => parley.close());
beforeEach(async () => {
  ada = await signUp(parley.url);
});

type Stored = {
  id: string;
  name: string;
  mediaType: string;
  size: number;
  sha256: string;
  createdAt: string;
};

const upload = (person: Person, bytes: Buffer | string, name = 'notes.txt') =>
  person.fetch('/api/v1/files', {
    method: 'POST',
    headers: { 'content-type': 'text/html', 'x-file-name': encodeURIComponent(name) },
    body: bytes as BodyInit,
  });
async function stored(person: Person, bytes: Buffer | string, name?: string): Promise<Stored> {
  const response = await upload(person, bytes, name);
  expect(response.status).toBe(201);
  const { items } = (await response.json()) as { items: Stored[] };
  expect(items).toHaveLength(1);
  return items[0]!;
}
const contentOf = (person: Person, id: string, headers: Record<string, string> = {}) =>
  person.fetch(`/api/v1/files/${id}/content`, { headers });
const storageOf = async (person: Person) =>
  ((await (await person.fetch('/api/v1/usage')).json()) as { storage: { bytes: number } }).storage.bytes;
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const dataDir = () => parley.services.config.dataDir;
const blobsKept = async () =>
  (await readdir(join(dataDir(), 'files'), { recursive: true })).filter((path) => /[0-9a-f]{64}$/.test(path));
const incoming = () => readdir(join(dataDir(), 'files', 'incoming')).catch(() => []);

test('a file comes back to the byte, whole and in parts, as a download that can do nothing here', async () => {
  const bytes = randomBytes(300_000);
  const file = await stored(ada, bytes, 'Отчёт "1".bin');
  expect(file).toEqual({
    id: expect.any(String),
    name: 'Отчёт "1".bin',
    mediaType: 'application/octet-stream',
    size: 300_000,
    sha256: sha256(bytes),
    createdAt: expect.any(String),
  });
  expect(await (await ada.fetch(`/api/v1/files/${file.id}`)).json()).toEqual(file);

  const whole = await contentOf(ada, file.id);
  expect(whole.status).toBe(200);
  expect(Object.fromEntries(whole.headers)).toMatchObject({
    'content-length': '300000',
    'accept-ranges': 'bytes',
    'content-disposition': `attachment; filename="_____ _1_.bin"; filename*=UTF-8''${encodeURIComponent('Отчёт "1".bin')}`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'cache-control': 'private, no-store',
  });
  expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true);

  const parts: [string, number, number][] = [
    ['bytes=0-99', 0, 100],
    ['bytes=299990-', 299_990, 300_000],
    ['bytes=-5', 299_995, 300_000],
    ['bytes=299999-400000', 299_999, 300_000],
  ];
  for (const [range, from, to] of parts) {
    const part = await contentOf(ada, file.id, { range });
    expect([range, part.status, part.headers.get('content-range')]).toEqual([
      range,
      206,
      `bytes ${from}-${to - 1}/300000`,
    ]);
    expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(from, to))).toBe(true);
  }
  const beyond = await contentOf(ada, file.id, { range: 'bytes=300000-' });
  expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, 'bytes */300000']);
  // Of another version of it, and several at once: all of it.
  const others: Record<string, string>[] = [
    { range: 'bytes=0-1', 'if-range': '"other"' },
    { range: 'bytes=0-1,4-5' },
  ];
  for (const headers of others) expect((await contentOf(ada, file.id, headers)).status).toBe(200);
});

test('its type is what its bytes say, whatever its name and its sender do', async () => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  const cases: [Buffer | string, string, string][] = [
    [png, 'page.html', 'image/png'],
    ['<script>alert(1)</script>', 'photo.png', 'text/plain'],
    ['<svg onload="alert(1)"/>', 'x.svg', 'image/svg+xml'],
    ['# Title\n\nПривет', 'README.md', 'text/markdown'],
    ['a,b\n1,2\n', 'table.csv', 'text/csv'],
    [Buffer.from([0, 1, 2, 3, 255]), 'notes.txt', 'application/octet-stream'],
    ['%PDF-1.7\n1 0 obj\n', 'x', 'application/pdf'],
  ];
  for (const [bytes, name, type] of cases)
    expect([name, (await stored(ada, bytes, name)).mediaType]).toEqual([name, type]);
});

test('names are for people alone', async () => {
  const cases: [string, string][] = [
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\me\\a.txt', 'a.txt'],
    ['a\u0000b\u202ec.txt', 'abc.txt'],
    ['..', 'file'],
    ['я'.repeat(900), 'я'.repeat(200)],
  ];
  for (const [given, kept] of cases) expect((await stored(ada, 'x', given)).name).toBe(kept);
  const broken = await ada.fetch('/api/v1/files', {
    method: 'POST',
    headers: { 'x-file-name': '%E0%A4%A' },
    body: 'x',
  });
  expect([broken.status, await broken.json()]).toMatchObject([400, { error: { field: 'X-File-Name' } }]);
});

test('several files come in one form, all of them or none', async () => {
  const form = new FormData();
  form.append('files', new Blob(['one']), 'one.txt');
  form.append('files', new Blob(['two']), 'two.txt');
  const response = await ada.fetch('/api/v1/files', { method: 'POST', body: form });
  expect([response.status, await response.json()]).toMatchObject([
    201,
    {
      items: [
        { name: 'one.txt', size: 3 },
        { name: 'two.txt', size: 3 },
      ],
    },
  ]);
  const before = await storageOf(ada);
  form.append('files', new Blob([]), 'nothing.txt');
  const refused = await ada.fetch('/api/v1/files', { method: 'POST', body: form });
  expect([refused.status, await refused.json()]).toMatchObject([400, { error: { reason: 'file_empty' } }]);
  expect(await storageOf(ada)).toBe(before);
  const none = await ada.fetch('/api/v1/files', { method: 'POST', body: new FormData() });
  expect([none.status, (await none.json()).error.field]).toEqual([400, 'body']);
  expect(await incoming()).toEqual([]);
});

test('the same bytes are kept once, and go a day after the last file that has them', async () => {
  const bytes = randomBytes(5_000);
  const eve = await signUp(parley.url);
  const kept = async () => (await blobsKept()).filter((path) => path.endsWith(sha256(bytes))).length;
  const one = await stored(ada, bytes, 'one');
  const two = await stored(eve, bytes, 'two');
  expect([one.sha256 === two.sha256, one.id === two.id, await kept()]).toEqual([true, false, 1]);
  const aDayLater = async () => {
    await sweepBlobs(parley.services);
    await parley.database.db.$client.query(
      `UPDATE blobs SET unused_since = unused_since - interval '25 hours'`,
    );
    await sweepBlobs(parley.services);
  };
  expect((await ada.fetch(`/api/v1/files/${one.id}`, { method: 'DELETE' })).status).toBe(204);
  expect((await contentOf(ada, one.id)).status).toBe(404);
  await aDayLater();
  expect([await kept(), (await contentOf(eve, two.id)).status]).toEqual([1, 200]);
  await eve.fetch(`/api/v1/files/${two.id}`, { method: 'DELETE' });
  await sweepBlobs(parley.services);
  // Until then they come back without anybody noticing.
  expect(await kept()).toBe(1);
  await aDayLater();
  expect(await kept()).toBe(0);
  const again = await stored(eve, bytes);
  expect([await kept(), (await contentOf(eve, again.id)).status]).toEqual([1, 200]);
});

test('files take of the same storage as texts, and give it back', async () => {
  const before = await storageOf(ada);
  const file = await stored(ada, randomBytes(70_000));
  expect((await storageOf(ada)) - before).toBe(70_000);
  await ada.fetch(`/api/v1/files/${file.id}`, { method: 'DELETE' });
  expect(await storageOf(ada)).toBe(before);
  await boss.fetch(`/api/v1/admin/users/${ada.userId}`, {
    method: 'PATCH',
    json: { maxStorageBytes: before + 1_000 },
  });
  const refused = await upload(ada, randomBytes(1_001));
  expect([refused.status, (await refused.json()).error.code]).toEqual([403, 'storage_limit']);
  await stored(ada, randomBytes(1_000));
  expect(await incoming()).toEqual([]);
});

/** Sends the head of an upload and waits for an answer, with no byte of the body. */
const announce = (person: Person, length: number): Promise<{ status: number; body: string }> =>
  new Promise((resolve, reject) => {
    const asked = request(`${parley.url}/api/v1/files`, {
      method: 'POST',
      headers: { cookie: person.cookie, origin: parley.url, 'content-length': length },
    });
    asked.on('error', reject);
    asked.on('response', async (response) => {
      let body = '';
      for await (const chunk of response) body += chunk;
      asked.destroy();
      resolve({ status: response.statusCode!, body });
    });
    asked.flushHeaders();
  });

test('what says beforehand that it is too much is refused before it is read', async () => {
  const large = await announce(ada, 100 * 1024 * 1024 + 1);
  expect([large.status, JSON.parse(large.body).error.reason]).toEqual([413, 'file_too_large']);
  const visitor = await guest(parley.url);
  const full = await announce(visitor, 20_000_001);
  expect([full.status, JSON.parse(full.body).error.code]).toEqual([403, 'storage_limit']);
  await boss.fetch('/api/v1/admin/settings', { method: 'PATCH', json: { maxFileBytes: 2_000 } });
  const refused = await upload(ada, randomBytes(2_001));
  expect([refused.status, (await refused.json()).error.reason]).toEqual([413, 'file_too_large']);
  await boss.fetch('/api/v1/admin/settings', { method: 'PATCH', json: { maxFileBytes: null } });
  await stored(ada, randomBytes(2_001));
});

test('a list is paged from the newest on, and holds nobody else’s', async () => {
  await stored(await signUp(parley.url), 'theirs');
  const names: string[] = [];
  for (let at = 0; at < 5; at++) names.unshift((await stored(ada, `text ${at}`, `${at}.txt`)).name);
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const response = await ada.fetch(`/api/v1/files?limit=2${cursor ? `&cursor=${cursor}` : ''}`);
    const page = (await response.json()) as { items: Stored[]; nextCursor: string | null };
    seen.push(...page.items.map(({ name }) => name));
    cursor = page.nextCursor;
  } while (cursor);
  expect(seen).toEqual(names);
});

test('a stranger finds nothing, by id or by hash', async () => {
  const file = await stored(ada, 'mine');
  const eve = await signUp(parley.url);
  for (const id of [file.id, randomUUID()]) {
    const answers = await Promise.all([
      eve.fetch(`/api/v1/files/${id}`),
      contentOf(eve, id),
      eve.fetch(`/api/v1/files/${id}`, { method: 'DELETE' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
  }
  expect((await eve.fetch(`/api/v1/files/${file.sha256}`)).status).toBe(404);
  expect((await contentOf(ada, file.id)).status).toBe(200);
});

test('a guest’s files come along into an account', async () => {
  const visitor = await guest(parley.url);
  const file = await stored(visitor, 'from before');
  const account = await signUp(parley.url, { as: visitor });
  expect(await (await contentOf(account, file.id)).text()).toBe('from before');
  const other = await guest(parley.url);
  const second = await stored(other, 'and this');
  const back = await signIn(parley.url, account, other);
  expect(await (await contentOf(back, second.id)).text()).toBe('and this');
});
