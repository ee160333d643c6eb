import { afterAll, beforeAll, expect, test } from 'vitest';
import { admin, guest, type Person, signUp } from '#test/harness/accounts.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';

let parley: TestParley;
let owner: Person;
beforeAll(async () => {
  parley = await startTestParley();
  await admin(parley.url);
  owner = await signUp(parley.url);
});
afterAll(() => parley.close());

const meWith = (key: string) =>
  fetch(`${parley.url}/api/v1/me`, { headers: { authorization: `Bearer ${key}` } });
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
