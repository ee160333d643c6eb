import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { stop } from '#features/generations/server/run/cancel-generation.ts';
import { admin, guest, type Person, signUp } from '#test/harness/accounts.ts';
import { addEndpoint } from '#test/harness/endpoints.ts';
import { freePort } from '#test/harness/free-port.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { eventually, follow, send, sendStreaming } from '#test/harness/streams.ts';

const TOKEN = 'metrics-token-of-this-test';
let parley: TestParley;
let ada: Person;
beforeAll(async () => {
  parley = await startTestParley({ metricsToken: TOKEN });
  await addEndpoint(parley.services, { slots: 1 });
  ada = await admin(parley.url);
});
afterAll(() => parley.close());

const readAs = (authorization?: string) =>
  fetch(`${parley.url}/metrics`, { headers: authorization ? { authorization } : {} });
const read = async () => (await readAs(`Bearer ${TOKEN}`)).text();
/** The value of a sample; 0 when there is none. */
const sampleOf = (text: string, sample: string): number =>
  Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${sample} `))
      ?.split(' ')
      .at(-1) ?? 0,
  );

it('are for admins and for who has the token', async () => {
  expect((await readAs()).status).toBe(401);
  expect((await readAs('Bearer wrong')).status).toBe(401);
  expect((await (await signUp(parley.url)).fetch('/metrics')).status).toBe(403);
  expect((await (await guest(parley.url)).fetch('/metrics')).status).toBe(403);
  expect((await ada.fetch('/metrics')).status).toBe(200);
  const made = await ada.fetch('/api/v1/api-keys', {
    method: 'POST',
    json: { name: 'Prometheus', scopes: ['admin'] },
  });
  expect((await readAs(`Bearer ${((await made.json()) as { key: string }).key}`)).status).toBe(200);
  const response = await readAs(`Bearer ${TOKEN}`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0.0.4/);
});

it('without a token set let no token in', async () => {
  const other = await startTestParley();
  const response = await fetch(`${other.url}/metrics`, { headers: { authorization: 'Bearer undefined' } });
  expect(response.status).toBe(401);
  await other.close();
});

it('show the line and the readers as they are', async () => {
  const running = await send(ada, '/script tokens=9000 rate=50');
  const waiting = await send(ada, 'I wait');
  const socket = new WebSocket(`${parley.url.replace('http', 'ws')}/api/v1/live`, {
    headers: { cookie: ada.cookie },
  });
  await new Promise((resolve) => socket.once('message', resolve));
  const reader = await follow(ada, running.generation.id);
  const text = await eventually(read, (seen) => sampleOf(seen, 'parley_readers') === 3);
  expect(sampleOf(text, 'parley_slots{endpoint="test"}')).toBe(1);
  expect(sampleOf(text, 'parley_running{endpoint="test"}')).toBe(1);
  expect(sampleOf(text, 'parley_waiting{endpoint="test",class="interactive"}')).toBe(1);
  expect(sampleOf(text, 'parley_endpoint_up{endpoint="test"}')).toBe(1);
  expect(sampleOf(text, 'parley_sockets')).toBe(1);
  expect(sampleOf(text, 'parley_database_up')).toBe(1);
  await reader.body?.cancel();
  socket.close();
  for (const { generation } of [waiting, running]) await stop(parley.services, generation.id);
  await eventually(
    read,
    (seen) => sampleOf(seen, 'parley_readers') === 0 && sampleOf(seen, 'parley_sockets') === 0,
  );
});

it('count every ending once, with its tokens and times', async () => {
  const before = await read();
  const counted = (text: string, sample: string) => sampleOf(text, sample) - sampleOf(before, sample);
  await (await sendStreaming(ada, '/script tokens=10 rate=0 ttft=20 usage=100,10')).text();
  await (await sendStreaming(ada, '/script fail=mid code=bad_stream rate=0 usage=none')).text();
  const cancelled = await send(ada, '/script tokens=9000 rate=50');
  const neverStarted = await send(ada, 'I wait');
  for (const { generation } of [neverStarted, cancelled]) await stop(parley.services, generation.id);
  const after = await read();
  const total = (state: string, code = '') =>
    counted(after, `parley_generations_total{endpoint="test",state="${state}",code="${code}"}`);
  expect(total('completed')).toBe(1);
  expect(total('failed', 'bad_stream')).toBe(1);
  expect(total('cancelled')).toBe(2);
  expect(counted(after, 'parley_tokens_total{endpoint="test",direction="output"}')).toBeGreaterThanOrEqual(
    10,
  );
  expect(counted(after, 'parley_tokens_total{endpoint="test",direction="input"}')).toBeGreaterThanOrEqual(
    100,
  );
  expect(counted(after, 'parley_queue_wait_seconds_count{endpoint="test"}')).toBe(3);
  expect(counted(after, 'parley_generation_seconds_count{endpoint="test"}')).toBe(3);
  expect(counted(after, 'parley_first_token_seconds_sum{endpoint="test"}')).toBeGreaterThanOrEqual(0.02);
  expect(counted(after, 'parley_event_flush_seconds_count')).toBeGreaterThan(0);
});

it('of a process that only works are where it is told, with its readiness', async () => {
  const port = await freePort();
  const worker = await startTestParley(
    { roles: new Set(['worker']), workerPort: port, metricsToken: TOKEN },
    { database: parley.database },
  );
  const address = `http://127.0.0.1:${port}`;
  expect((await fetch(`${address}/healthz`)).status).toBe(200);
  expect(await (await fetch(`${address}/readyz`)).json()).toMatchObject({
    ready: true,
    parts: { generations: 'ok' },
  });
  expect((await fetch(`${address}/metrics`, { headers: { cookie: ada.cookie } })).status).toBe(401);
  const answer = await fetch(`${address}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } });
  expect(sampleOf(await answer.text(), 'parley_slots{endpoint="test"}')).toBe(1);
  expect((await fetch(`${address}/api/v1/me`, { headers: { cookie: ada.cookie } })).status).toBe(404);
  await worker.close();
});

it('are explained in the docs, each of them and no other', async () => {
  const page = readFileSync(new URL('../../docs/metrics.md', import.meta.url), 'utf8');
  const written = [...page.matchAll(/^\| `(parley_\w+)` \|([^|]*)\|/gm)].map(
    ([, name, labels]) => `${name} ${labels!.trim()}`,
  );
  const text = await read();
  const kinds = [...text.matchAll(/^# TYPE (parley_\w+) /gm)].map(([, name]) => name!);
  expect(written.map((line) => line.split(' ')[0]).toSorted()).toEqual(kinds.toSorted());
  for (const line of written) {
    const [name, ...labels] = line.split(' ').map((word) => word.replace(/[`,]/g, ''));
    const sample = new RegExp(`^${name}(?:_count)?(?:\\{(.*)\\})? `, 'm').exec(text);
    const found = [...(sample?.[1] ?? '').matchAll(/(\w+)="/g)]
      .map(([, label]) => label)
      .filter((label) => label !== 'le');
    expect([name, found.toSorted()]).toEqual([name, labels.filter(Boolean).toSorted()]);
  }
  expect(text).toContain('nodejs_eventloop_lag_p99_seconds');
});
