import { afterAll, beforeAll, expect, test } from 'vitest';
import { admin, guest, type Person, signIn, signUp } from '#test/harness/accounts.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';

let parley: TestParley;
let boss: Person;
let owner: Person;
beforeAll(async () => {
  parley = await startTestParley();
  boss = await admin(parley.url);
  owner = await signUp(parley.url);
});
afterAll(() => parley.close());

const withKey = (key: string, path: string, init: RequestInit = {}) =>
  fetch(parley.url + path, {
    ...init,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
  });
const meWith = (key: string) => withKey(key, '/api/v1/me');
/** The status, and what the refusal says. */
const told = async (response: Promise<Response>) => {
  const { error } = (await (await response).json()) as { error?: { code: string; detail: string } };
  return { status: (await response).status, code: error?.code, detail: error?.detail };
};
const make = (person: Person, json: unknown) => person.fetch('/api/v1/api-keys', { method: 'POST', json });

test('a key acts for its owner, is shown once, and only its hash is kept', async () => {
  const response = await make(owner, { name: 'Notebook' });
  expect(response.status).toBe(201);
  const made = await response.json();
  expect(made).toMatchObject({ name: 'Notebook', expiresAt: null, lastUsedAt: null });
  expect(made.key).toMatch(/^pk_[\w-]{43}$/);
  expect(made.key.startsWith(made.prefix)).toBe(true);
  expect(await (await meWith(made.key)).json()).toMatchObject({ id: owner.userId, role: 'member' });

  const list = await (await owner.fetch('/api/v1/api-keys')).json();
  expect(list.items.map((key: { id: string }) => key.id)).toContain(made.id);
  expect(JSON.stringify(list)).not.toContain(made.key);
  const { rows } = await parley.database.db.$client.query('SELECT api_keys::text AS row FROM api_keys');
  expect(rows.map(({ row }) => row).join()).not.toContain(made.key);
});

test('its use is written down', async () => {
  const made = await (await make(owner, { name: 'Used' })).json();
  await meWith(made.key);
  await expect
    .poll(async () => {
      const { items } = await (await owner.fetch('/api/v1/api-keys')).json();
      return items.find((key: { id: string }) => key.id === made.id).lastUsedAt;
    })
    .toEqual(expect.any(String));
});

test('a revoked key works nowhere any more, and only its owner can revoke it', async () => {
  const made = await (await make(owner, { name: 'Lost' })).json();
  const stranger = await signUp(parley.url);
  const revoke = (person: Person) => person.fetch(`/api/v1/api-keys/${made.id}`, { method: 'DELETE' });
  expect((await revoke(stranger)).status).toBe(404);
  expect((await meWith(made.key)).status).toBe(200);
  const gone = await revoke(owner);
  expect(gone.status).toBe(204);
  expect(await gone.text()).toBe('');
  expect((await meWith(made.key)).status).toBe(401);
  expect((await revoke(owner)).status).toBe(404);
});

test('a key ends when it was told to', async () => {
  const past = await make(owner, { name: 'Past', expiresAt: '2020-01-01T00:00:00Z' });
  expect(past.status).toBe(400);
  expect(await past.json()).toMatchObject({ error: { code: 'invalid_input', field: 'expiresAt' } });
  const soon = await (
    await make(owner, { name: 'Soon', expiresAt: new Date(Date.now() + 60_000).toISOString() })
  ).json();
  expect((await meWith(soon.key)).status).toBe(200);
  await parley.database.db.$client.query('UPDATE api_keys SET expires_at = now() WHERE id = $1', [soon.id]);
  await expect.poll(async () => (await meWith(soon.key)).status, { timeout: 5000 }).toBe(401);
});

test('guests have no keys', async () => {
  const response = await make(await guest(parley.url), { name: 'Mine' });
  expect(response.status).toBe(403);
  expect(await response.json()).toMatchObject({ error: { code: 'forbidden' } });
});

test('another site’s page cannot stop a program that sends a key', async () => {
  const made = await (await make(owner, { name: 'From elsewhere' })).json();
  const response = await fetch(`${parley.url}/api/v1/me`, {
    method: 'PATCH',
    headers: {
      authorization: `Bearer ${made.key}`,
      origin: 'https://elsewhere.example',
      'content-type': 'application/json',
    },
    body: '{"name":"Renamed"}',
  });
  expect(response.status).toBe(200);
});

test('a key does what its scopes say; by default what is its owner’s own and the models', async () => {
  const made = await (await make(owner, { name: 'K' })).json();
  expect(made.scopes).toEqual(['chat', 'models']);
  const chat = await (await make(owner, { name: 'K', scopes: ['chat', 'chat'] })).json();
  expect(chat.scopes).toEqual(['chat']);
  expect((await meWith(chat.key)).status).toBe(200);
  expect(await told(withKey(chat.key, '/api/v1/models'))).toEqual({
    status: 403,
    code: 'forbidden',
    detail: 'This API key lacks the scope “models”. Make a key that has it.',
  });
  const models = await (await make(owner, { name: 'K', scopes: ['models'] })).json();
  expect((await withKey(models.key, '/v1/models')).status).toBe(200);
  expect((await meWith(models.key)).status).toBe(403);
  for (const scopes of [[], ['everything'], 'chat', ['chat', 'models', 'admin', 'chat']])
    expect((await make(owner, { name: 'K', scopes })).status, JSON.stringify(scopes)).toBe(400);
});

test('a key makes no key and revokes none, not even itself', async () => {
  const { id, key } = await (await make(boss, { name: 'Found', scopes: ['chat', 'models', 'admin'] })).json();
  const body = JSON.stringify({ name: 'More' });
  const refused = { status: 403, code: 'forbidden', detail: expect.stringContaining('Sign in') };
  expect(await told(withKey(key, '/api/v1/api-keys', { method: 'POST', body }))).toEqual(refused);
  expect(await told(withKey(key, `/api/v1/api-keys/${id}`, { method: 'DELETE' }))).toEqual(refused);
  expect((await withKey(key, '/api/v1/api-keys')).status).toBe(200);
});

test('the admin scope is for admins, while they are admins; without it an admin’s key is a member’s', async () => {
  expect(await told(make(owner, { name: 'K', scopes: ['admin'] }))).toMatchObject({
    status: 403,
    detail: expect.stringContaining('“admin”'),
  });
  const deputy = await signUp(parley.url);
  const setRole = (role: string) =>
    boss.fetch(`/api/v1/admin/users/${deputy.userId}`, { method: 'PATCH', json: { role } });
  await setRole('admin');
  const whole = await (await make(deputy, { name: 'K', scopes: ['chat', 'admin'] })).json();
  const plain = await (await make(deputy, { name: 'K' })).json();
  const ADMIN_ONLY = ['/api/v1/admin/users', '/api/v1/generations?all=true'];
  for (const path of [...ADMIN_ONLY, '/metrics']) {
    expect((await withKey(whole.key, path)).status, path).toBe(200);
    expect(await told(withKey(plain.key, path)), path).toMatchObject({
      status: 403,
      detail: expect.stringContaining('“admin”'),
    });
  }
  expect(await (await meWith(plain.key)).json()).toMatchObject({ role: 'member' });
  await setRole('member');
  await expect.poll(async () => (await withKey(whole.key, ADMIN_ONLY[0]!)).status).toBe(403);
  expect((await withKey(whole.key, ADMIN_ONLY[1]!)).status).toBe(403);
  expect((await meWith(whole.key)).status).toBe(200);
});

test('a hundred and fifty keys made at once are a hundred', async () => {
  const person = await signUp(parley.url);
  const made = await Promise.all(Array.from({ length: 150 }, () => make(person, { name: 'K' })));
  const statuses = made.map(({ status }) => status);
  expect(statuses.filter((status) => status === 201)).toHaveLength(100);
  expect(statuses.filter((status) => status === 409)).toHaveLength(50);
});

test('a key that nobody uses stops working, and says beforehand when', async () => {
  const { id, key, idleAt } = await (await make(owner, { name: 'Forgotten' })).json();
  expect(Date.parse(idleAt) - Date.now()).toBeGreaterThan(179 * 86_400_000);
  const unusedFor = (days: number) =>
    parley.database.db.$client.query(
      `UPDATE api_keys SET created_at = now() - interval '1 year', last_used_at = now() - make_interval(days => $2) WHERE id = $1`,
      [id, days],
    );
  await unusedFor(181);
  expect((await meWith(key)).status).toBe(401);
  await unusedFor(179);
  await expect.poll(async () => (await meWith(key)).status, { timeout: 5000 }).toBe(200);
});

test('a new password and signing out everywhere take the keys along where that is wanted', async () => {
  const person = await signUp(parley.url);
  const { key } = await (await make(person, { name: 'K' })).json();
  const auth = (path: string, json: unknown) => person.fetch(`/api/auth/${path}`, { method: 'POST', json });
  const passwords = { currentPassword: person.password, newPassword: 'another long password' };
  expect((await auth('change-password', { ...passwords, revokeKeys: 'yes' })).status).toBe(400);
  const wrong = { ...passwords, currentPassword: 'not this one', revokeKeys: true };
  expect((await auth('change-password', wrong)).status).toBe(400);
  expect((await meWith(key)).status).toBe(200);
  const changed = await auth('change-password', { ...passwords, revokeKeys: true });
  expect(changed.status).toBe(200);
  expect((await meWith(key)).status).toBe(401);

  const again = await signIn(parley.url, { email: person.email, password: 'another long password' });
  const kept = await (await make(again, { name: 'Kept' })).json();
  const third = await signIn(parley.url, { email: person.email, password: 'another long password' });
  const everywhere = (one: Person, json: unknown) =>
    one.fetch('/api/auth/revoke-sessions', { method: 'POST', json });
  expect((await everywhere(again, {})).status).toBe(200);
  expect((await third.fetch('/api/v1/me')).status).toBe(401);
  expect((await meWith(kept.key)).status).toBe(200);
  const last = await signIn(parley.url, { email: person.email, password: 'another long password' });
  expect((await everywhere(last, { revokeKeys: true })).status).toBe(200);
  expect((await meWith(kept.key)).status).toBe(401);
});
