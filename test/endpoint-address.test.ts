/** Finding the address a model server's API is at, trying one out before it is saved, and when the scripted models leave the list. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { admin, guest, type Person, signUp } from '#test/harness/accounts.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { startUpstream, type Upstream } from '#test/upstream/start-upstream.ts';

let parley: TestParley;
let owner: Person;
let upstream: Upstream;
beforeAll(async () => {
  [parley, upstream] = await Promise.all([startTestParley(), startUpstream({ models: ['one', 'two'] })]);
  owner = await admin(parley.url);
});
afterAll(() => Promise.all([parley.close(), upstream.close()]));

const ENDPOINTS = '/api/v1/admin/endpoints';
const KEY = 'sk-canary-77aa01';
const kind = 'openai-compatible';
let counter = 0;

// biome-ignore lint/suspicious/noExplicitAny: what the API answers is what these tests look into
type Json = any;
async function ask(person: Person, method: string, path: string, json?: unknown): Promise<Json> {
  const response = await person.fetch(path, { method, ...(json !== undefined && { json }) });
  return response.json();
}
const add = (more: object) => ask(owner, 'POST', ENDPOINTS, { name: `found-${++counter}`, kind, ...more });
const tried = (more: object) => ask(owner, 'POST', `${ENDPOINTS}/test`, { kind, ...more });
const root = () => new URL(upstream.url).origin;

/** A server that answers every path by `answer`, and what it was asked. */
async function serve(
  answer: (request: IncomingMessage) => { status: number; body?: unknown; location?: string },
) {
  const seen: { path: string; key: string | undefined }[] = [];
  const server = createServer((request, response) => {
    seen.push({ path: request.url!, key: request.headers.authorization });
    const { status, body, location } = answer(request);
    response.writeHead(status, { 'content-type': 'application/json', ...(location && { location }) });
    response.end(JSON.stringify(body ?? { error: 'nothing here' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { seen, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
const LIST = { data: [{ id: 'found' }] };

test('an address without /v1, or with a call behind it, becomes the one that lists models', async () => {
  for (const path of ['', '/', '/v1', '/v1/chat/completions', '/v1/models', '/api', '/api/chat']) {
    const made = await add({ baseUrl: root() + path });
    expect(made, path).toMatchObject({ baseUrl: upstream.url, health: { status: 'up' }, source: 'admin' });
    expect(await tried({ baseUrl: root() + path })).toMatchObject({ ok: true, baseUrl: upstream.url });
  }
});

test('a new address is looked for when an endpoint is changed, also after it was saved while nothing answered', async () => {
  const made = await add({ baseUrl: 'http://127.0.0.1:1' });
  expect(made).toMatchObject({ baseUrl: 'http://127.0.0.1:1', health: { status: 'down' } });
  const patched = await ask(owner, 'PATCH', `${ENDPOINTS}/${made.id}`, { baseUrl: root() });
  expect(patched).toMatchObject({ baseUrl: upstream.url, health: { status: 'up' } });
});

test('a list further in is found, and a page that answers everything with 200 is no list', async () => {
  const { url } = await serve(({ url: path }) => ({
    status: 200,
    body: path === '/api/v1/models' ? LIST : '<html>',
  }));
  expect(await tried({ baseUrl: url })).toMatchObject({
    ok: true,
    models: ['found'],
    baseUrl: `${url}/api/v1`,
  });
});

test('an address that asks for the right key is the right one', async () => {
  const { url } = await serve(({ url: path }) => ({ status: path === '/v1/models' ? 401 : 404 }));
  expect(await tried({ baseUrl: url, apiKey: 'wrong' })).toMatchObject({
    ok: false,
    error: { code: 'endpoint_auth' },
    baseUrl: `${url}/v1`,
  });
});

test('a server that has no list anywhere is asked a few times, with its answer in words and the address left alone', async () => {
  const { url, seen } = await serve(() => ({ status: 404 }));
  const result = await tried({ baseUrl: `${url}/somewhere` });
  expect(result).toMatchObject({
    ok: false,
    baseUrl: `${url}/somewhere`,
    error: { reason: 'list_not_here' },
  });
  expect(result.error.detail).toBe(
    'A server answers at this address, but has no list of models there (404).',
  );
  expect(seen.length).toBeGreaterThan(1);
  expect(seen.length).toBeLessThanOrEqual(6);
});

test('one that fails, or that nothing answers at, is asked once', async () => {
  const { url, seen } = await serve(() => ({ status: 500 }));
  expect(await tried({ baseUrl: url })).toMatchObject({ ok: false, baseUrl: url });
  expect(seen).toHaveLength(1);
});

test('no other server is asked, wherever the first one points', async () => {
  const stranger = await serve(() => ({ status: 200, body: LIST }));
  const { url, seen } = await serve(() => ({ status: 302, location: `${stranger.url}/v1/models` }));
  expect(await tried({ baseUrl: url, apiKey: KEY })).toMatchObject({ ok: false, baseUrl: url });
  expect(seen.length).toBeGreaterThan(1);
  expect(stranger.seen).toEqual([]);
});

test('a trial keeps nothing, and takes the stored key along to its own server alone', async () => {
  const answers = () => ({ status: 200, body: LIST });
  const [own, stranger] = await Promise.all([serve(answers), serve(answers)]);
  const made = await add({ baseUrl: own.url, apiKey: KEY });
  const { items: before } = await ask(owner, 'GET', ENDPOINTS);
  const keyAt = async (server: typeof own, more: object) => {
    server.seen.length = 0;
    const result = await tried({ endpointId: made.id, ...more });
    expect(JSON.stringify(result)).not.toContain(KEY);
    return server.seen.at(-1)?.key;
  };
  expect(await keyAt(own, {})).toBe(`Bearer ${KEY}`);
  expect(await keyAt(own, { baseUrl: `${own.url}/v2` })).toBe(`Bearer ${KEY}`);
  expect(await keyAt(stranger, { baseUrl: stranger.url })).toBeUndefined();
  expect(await keyAt(own, { baseUrl: own.url.replace('127.0.0.1', 'localhost') })).toBeUndefined();
  expect(await keyAt(own, { apiKey: '' })).toBeUndefined();
  expect(await keyAt(stranger, { baseUrl: stranger.url, apiKey: 'given' })).toBe('Bearer given');
  expect((await ask(owner, 'GET', ENDPOINTS)).items).toEqual(before);
});

test('a trial is for admins, of an endpoint that is there, and of an address that may be asked', async () => {
  const code = async (person: Person, json: object) =>
    (await ask(person, 'POST', `${ENDPOINTS}/test`, { kind, ...json })).error?.code;
  expect(await code(await signUp(parley.url), { baseUrl: upstream.url })).toBe('forbidden');
  expect(await code(owner, { endpointId: '01970000-0000-7000-8000-0000000000d1' })).toBe('not_found');
  expect(await code(owner, {})).toBe('invalid_input');
  expect(await code(owner, { baseUrl: 'http://me:secret@example.org' })).toBe('invalid_input');
  const metadata = await tried({ baseUrl: 'http://169.254.169.254' });
  expect(metadata).toMatchObject({ ok: false, error: { reason: 'server_blocked' } });
});

test('scripted models leave the list once a real one is there, for all but admins, and answer who names them', async () => {
  const fresh = await startTestParley();
  onTestFinished(() => fresh.close());
  const [boss, member] = [await admin(fresh.url), await signUp(fresh.url)];
  const visitor = await guest(fresh.url);
  const scripted = async (person: Person) =>
    (await ask(person, 'GET', '/api/v1/models')).items
      .filter((model: Json) => model.scripted)
      .map((model: Json) => model.id);
  expect(await scripted(visitor)).toContain('scripted/failing');
  // One without models helps nobody.
  const real = await ask(boss, 'POST', ENDPOINTS, { name: 'real', kind, baseUrl: 'http://127.0.0.1:1/v1' });
  expect(await scripted(member)).toContain('scripted/demo');
  await ask(boss, 'PATCH', `${ENDPOINTS}/${real.id}`, { baseUrl: root() });
  expect([await scripted(member), await scripted(visitor)]).toEqual([[], []]);
  const { items } = await ask(boss, 'GET', '/api/v1/models');
  expect(items.findIndex((model: Json) => model.scripted)).toBe(2);
  const named = { chat: {}, message: { content: 'Hello', modelId: 'scripted/echo' } };
  expect(await ask(member, 'POST', '/api/v1/messages', named)).toHaveProperty('generation.id');
  const chosen = { modelId: 'scripted/echo' };
  expect(await ask(boss, 'GET', '/api/v1/admin/default-model')).toEqual({ modelId: null });
  await ask(boss, 'PUT', '/api/v1/admin/default-model', chosen);
  expect(await ask(boss, 'GET', '/api/v1/admin/default-model')).toEqual(chosen);
  expect(await scripted(visitor)).toEqual(['scripted/echo']);
  await ask(boss, 'PATCH', `${ENDPOINTS}/${real.id}`, { enabled: false });
  expect(await scripted(visitor)).toContain('scripted/failing');
});
