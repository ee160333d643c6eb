import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { refreshEndpoint } from '#features/endpoints/server/refresh-endpoint.ts';
import { admin, guest, type Person, signUp } from '#test/harness/accounts.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { startUpstream, type Upstream } from '#test/upstream/start-upstream.ts';

let parley: TestParley;
let owner: Person;
let upstream: Upstream;
beforeAll(async () => {
  [parley, upstream] = await Promise.all([startTestParley(), startUpstream()]);
  owner = await admin(parley.url);
});
afterAll(() => Promise.all([parley.close(), upstream.close()]));

const ENDPOINTS = '/api/v1/admin/endpoints';
const CANARY = 'sk-canary-5f0c1d';
let counter = 0;
const freshName = () => `place-${++counter}`;

// biome-ignore lint/suspicious/noExplicitAny: what the API answers is what these tests look into
type Json = any;
type Answer = { status: number; body: Json; text: string };
async function ask(person: Person, method: string, path: string, json?: unknown): Promise<Answer> {
  const response = await person.fetch(path, { method, ...(json !== undefined && { json }) });
  const text = await response.text();
  return { status: response.status, text, body: text ? JSON.parse(text) : null };
}
const add = (more: object = {}) =>
  ask(owner, 'POST', ENDPOINTS, {
    name: freshName(),
    kind: 'openai-compatible',
    baseUrl: upstream.url,
    ...more,
  });
const modelIds = async () =>
  (await ask(owner, 'GET', '/api/v1/models')).body.items.map((model: Json) => model.id);

test('only admins reach the admin routes, and only who is signed in the models', async () => {
  const [member, visitor] = await Promise.all([signUp(parley.url), guest(parley.url)]);
  const { body } = await add();
  const routes: [string, string, unknown?][] = [
    ['GET', ENDPOINTS],
    ['POST', ENDPOINTS, { name: freshName(), kind: 'scripted' }],
    ['GET', `${ENDPOINTS}/${body.id}`],
    ['PATCH', `${ENDPOINTS}/${body.id}`, { slots: 2 }],
    ['DELETE', `${ENDPOINTS}/${body.id}`],
    ['POST', `${ENDPOINTS}/${body.id}/test`],
    ['PUT', '/api/v1/admin/default-model', { modelId: null }],
  ];
  for (const [method, path, json] of routes) {
    for (const person of [member, visitor])
      expect((await ask(person, method, path, json)).body.error.code, `${method} ${path}`).toBe('forbidden');
    expect((await fetch(parley.url + path, { method })).status).toBe(401);
  }
  expect((await fetch(`${parley.url}/api/v1/models`)).status).toBe(401);
  expect((await ask(visitor, 'GET', '/api/v1/models')).status).toBe(200);
});

test('a fresh instance offers the scripted models, the demo as default', async () => {
  const fresh = await startTestParley();
  onTestFinished(() => fresh.close());
  const { body } = await ask(await guest(fresh.url), 'GET', '/api/v1/models');
  expect(body.items[0]).toMatchObject({
    id: 'scripted/demo',
    name: 'demo',
    endpoint: 'scripted',
    isDefault: true,
  });
  expect(body.items.filter((model: Json) => model.isDefault)).toHaveLength(1);
});

test('adding an endpoint reads its models and health, and its models can be asked for', async () => {
  const { status, body } = await add();
  expect(status).toBe(201);
  expect(body).toMatchObject({
    kind: 'openai-compatible',
    baseUrl: upstream.url,
    slots: 1,
    enabled: true,
    paused: false,
    hasApiKey: false,
    health: { status: 'up', detail: '' },
    timeouts: { firstTokenMs: 300_000 },
  });
  const { body: list } = await ask(owner, 'GET', '/api/v1/models');
  expect(list.items).toContainEqual(
    expect.objectContaining({
      id: `${body.name}/normal`,
      name: 'normal',
      endpoint: body.name,
      contextWindow: 32_768,
    }),
  );
});

test('what Ollama said of a model while it was in memory holds on when it is not any more', async () => {
  upstream.pretend('ollama', ['fast']);
  onTestFinished(() => upstream.pretend(null, []));
  const { body } = await add();
  const windowOf = async () =>
    (await ask(owner, 'GET', '/api/v1/models')).body.items.find(({ id }: Json) => id === `${body.name}/fast`)
      .contextWindow;
  expect(await windowOf()).toBe(4096);
  upstream.pretend('ollama', []);
  await refreshEndpoint(parley.services, body.id);
  expect(await windowOf()).toBe(4096);
});

test('an endpoint where nothing answers is added all the same, and says that it is down', async () => {
  const { status, body } = await add({ baseUrl: 'http://127.0.0.1:1/v1' });
  expect(status).toBe(201);
  expect(body.health.status).toBe('down');
  expect(body.health.detail).toMatch(/refused/);
});

test('a name that is taken is a conflict that names the field, when adding and when renaming', async () => {
  const { body: one } = await add();
  const { body: two } = await add();
  expect((await add({ name: one.name })).body.error).toMatchObject({ code: 'conflict', field: 'name' });
  const renamed = await ask(owner, 'PATCH', `${ENDPOINTS}/${two.id}`, { name: one.name });
  expect(renamed.status).toBe(409);
  expect(renamed.body.error.field).toBe('name');
});

test.each([
  [{ name: 'Upper' }, 'name'],
  [{ name: '' }, 'name'],
  [{ name: 'a/b' }, 'name'],
  [{ kind: 'nothing' }, 'kind'],
  [{ baseUrl: 'ftp://example.org' }, 'baseUrl'],
  [{ baseUrl: undefined }, 'baseUrl'],
  [{ baseUrl: 'http://me:secret@example.org/v1' }, 'baseUrl'],
  [{ baseUrl: 'http://example.org/v1?to=' }, 'baseUrl'],
  [{ baseUrl: 'http://example.org/v1#' }, 'baseUrl'],
  [{ apiKey: 'ключ' }, 'apiKey'],
  [{ apiKey: 'a\nb' }, 'apiKey'],
  [{ slots: 0 }, 'slots'],
  [{ slots: 1.5 }, 'slots'],
  [{ timeouts: { idleMs: -1 } }, 'timeouts.idleMs'],
])('%j is refused with the name of the field', async (wrong, field) => {
  const { status, body } = await add(wrong);
  expect(status).toBe(400);
  expect(body.error).toMatchObject({ code: 'invalid_input', field });
});

test('a key goes in and never comes out: not in answers, errors or the database', async () => {
  upstream.setKey(CANARY);
  onTestFinished(() => upstream.setKey(null));
  const good = await add({ apiKey: CANARY });
  expect(good.body).toMatchObject({ hasApiKey: true, health: { status: 'up' } });
  upstream.setKey('another');
  const texts = [
    good.text,
    (await ask(owner, 'POST', `${ENDPOINTS}/${good.body.id}/test`)).text,
    (await ask(owner, 'PATCH', `${ENDPOINTS}/${good.body.id}`, { apiKey: CANARY, baseUrl: upstream.url }))
      .text,
    (await ask(owner, 'GET', ENDPOINTS)).text,
    (await ask(owner, 'GET', '/api/v1/models')).text,
    JSON.stringify((await parley.services.db.$client.query('SELECT * FROM endpoints')).rows),
  ];
  for (const text of texts) expect(text).not.toContain(CANARY);
  expect(texts[1]).toContain('endpoint_auth');
  const without = await ask(owner, 'PATCH', `${ENDPOINTS}/${good.body.id}`, { apiKey: '' });
  expect(without.body.hasApiKey).toBe(false);
});

test('a stored key is sent to no other server than the one it was given for', async () => {
  const stranger = await startUpstream();
  onTestFinished(() => stranger.close());
  // Each lets in who brings the key.
  for (const server of [stranger, upstream]) server.setKey(CANARY);
  onTestFinished(() => upstream.setKey(null));
  const { origin, port } = new URL(upstream.url);
  const moved = async (baseUrl: string, more = {}) => {
    const { body } = await add({ apiKey: CANARY });
    const patched = await ask(owner, 'PATCH', `${ENDPOINTS}/${body.id}`, { baseUrl, ...more });
    const tested = await ask(owner, 'POST', `${ENDPOINTS}/${body.id}/test`);
    return { keeps: patched.body.hasApiKey, letIn: tested.body.ok };
  };
  expect(await moved(stranger.url)).toEqual({ keeps: false, letIn: false });
  expect(await moved(`http://localhost:${port}/v1`)).toEqual({ keeps: false, letIn: false });
  expect(await moved(upstream.url.replace('http:', 'https:'))).toEqual({ keeps: false, letIn: false });
  // Another path of the same server, or the key for the new one beside it.
  expect((await moved(`${origin}/v2`)).keeps).toBe(true);
  expect(await moved(upstream.url.toUpperCase().replace('/V1', '/v1'))).toEqual({ keeps: true, letIn: true });
  expect(await moved(stranger.url, { apiKey: CANARY })).toEqual({ keeps: true, letIn: true });
});

test('a sealed key that is moved to another endpoint’s row opens nothing there; one of an earlier version does where it is', async () => {
  const db = parley.services.db.$client;
  upstream.setKey(CANARY);
  onTestFinished(() => upstream.setKey(null));
  const theirs = (await add({ apiKey: CANARY })).body;
  const mine = (await add({ apiKey: 'another' })).body;
  await db.query(
    'UPDATE endpoints SET api_key_encrypted = (SELECT api_key_encrypted FROM endpoints WHERE id = $2) WHERE id = $1',
    [mine.id, theirs.id],
  );
  const tested = await ask(owner, 'POST', `${ENDPOINTS}/${mine.id}/test`);
  expect(tested.body).toMatchObject({ ok: false, error: { code: 'endpoint_auth' } });
  expect((await ask(owner, 'POST', `${ENDPOINTS}/${theirs.id}/test`)).body.ok).toBe(true);
});

test('a test lists the models, generates nothing, and tells how long it took', async () => {
  const { body } = await add();
  const before = upstream.requests.length;
  const tested = await ask(owner, 'POST', `${ENDPOINTS}/${body.id}/test`);
  expect(tested.body).toMatchObject({ ok: true, latencyMs: expect.any(Number) });
  expect(tested.body.models).toContain('normal');
  expect(upstream.requests).toHaveLength(before);
  await ask(owner, 'PATCH', `${ENDPOINTS}/${body.id}`, { baseUrl: 'http://127.0.0.1:1/v1' });
  const failed = await ask(owner, 'POST', `${ENDPOINTS}/${body.id}/test`);
  expect(failed.body).toMatchObject({ ok: false, error: { code: 'endpoint_unreachable' } });
});

test('models stay known while their endpoint is down, and go when it no longer has them', async () => {
  const { body } = await add();
  upstream.setModelListStatus(500);
  await ask(owner, 'POST', `${ENDPOINTS}/${body.id}/test`);
  const { body: list } = await ask(owner, 'GET', '/api/v1/models');
  expect(list.items.find((model: Json) => model.id === `${body.name}/normal`).health.status).toBe('down');
  upstream.setModelListStatus(200);
  upstream.setModels(['only/this:one']);
  onTestFinished(() => upstream.setModels(['normal']));
  await ask(owner, 'POST', `${ENDPOINTS}/${body.id}/test`);
  expect((await modelIds()).filter((id: string) => id.startsWith(`${body.name}/`))).toEqual([
    `${body.name}/only/this:one`,
  ]);
});

test('a patch changes only what it names and wakes the queue of that endpoint', async () => {
  const { body } = await add({ timeouts: { idleMs: 1_000 } });
  const client = await parley.services.db.$client.connect();
  onTestFinished(() => client.release(true));
  const heard: (string | undefined)[] = [];
  client.on('notification', (message) => heard.push(message.payload));
  await client.query('LISTEN parley_wake');
  const patched = await ask(owner, 'PATCH', `${ENDPOINTS}/${body.id}`, {
    slots: 3,
    paused: true,
    timeouts: { totalMs: 5_000 },
  });
  expect(patched.body).toMatchObject({
    name: body.name,
    slots: 3,
    paused: true,
    timeouts: { idleMs: 1_000, totalMs: 5_000, firstTokenMs: 300_000 },
  });
  await expect.poll(() => heard).toContain(body.id);
});

test('a disabled endpoint offers no models', async () => {
  const { body } = await add();
  await ask(owner, 'PATCH', `${ENDPOINTS}/${body.id}`, { enabled: false });
  expect((await modelIds()).some((id: string) => id.startsWith(`${body.name}/`))).toBe(false);
});

test('the default model is what the admin chose, else the first real one', async () => {
  const fresh = await startTestParley();
  onTestFinished(() => fresh.close());
  const boss = await admin(fresh.url);
  const first = async () => (await ask(boss, 'GET', '/api/v1/models')).body.items[0];
  await ask(boss, 'POST', ENDPOINTS, { name: 'real', kind: 'openai-compatible', baseUrl: upstream.url });
  expect(await first()).toMatchObject({ endpoint: 'real', isDefault: true });
  await ask(boss, 'PUT', '/api/v1/admin/default-model', { modelId: 'scripted/echo' });
  expect(await first()).toMatchObject({ id: 'scripted/echo', isDefault: true });
  const unknown = await ask(boss, 'PUT', '/api/v1/admin/default-model', { modelId: 'real/unknown' });
  expect(unknown.body.error).toMatchObject({ code: 'invalid_input', field: 'modelId' });
  expect(await first()).toMatchObject({ id: 'scripted/echo' });
  await ask(boss, 'PUT', '/api/v1/admin/default-model', { modelId: null });
  expect(await first()).toMatchObject({ endpoint: 'real' });
});

test('an endpoint where something waits is not deleted; afterwards it is', async () => {
  const { body } = await add();
  const { $client } = parley.services.db;
  // Paused, so that the generation is not started.
  await ask(owner, 'PATCH', `${ENDPOINTS}/${body.id}`, { paused: true });
  await $client.query(
    `INSERT INTO generations (id, user_id, endpoint_id, model_name, model_id)
     VALUES (gen_random_uuid(), $1, $2, 'normal', 'x/normal')`,
    [owner.userId, body.id],
  );
  const refused = await ask(owner, 'DELETE', `${ENDPOINTS}/${body.id}`);
  expect(refused.body.error.code).toBe('conflict');
  await $client.query(
    `UPDATE generations SET state = 'cancelled', finished_at = now() WHERE endpoint_id = $1`,
    [body.id],
  );
  expect((await ask(owner, 'DELETE', `${ENDPOINTS}/${body.id}`)).status).toBe(204);
  expect((await ask(owner, 'GET', `${ENDPOINTS}/${body.id}`)).status).toBe(404);
  expect((await ask(owner, 'DELETE', `${ENDPOINTS}/${body.id}`)).status).toBe(404);
});
