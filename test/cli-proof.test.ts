/** Whom `parley chat` shows a key and a word: who proves to serve the data folder, and nobody who merely listens at its address. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, vi } from 'vitest';
import { openLocalKey } from '#features/accounts/server/index.ts';
import { readAddress, writeAddress } from '#platform/address-file.ts';
import { chat } from './harness/chat-process.ts';
import { type Finish, makeDatabase, makeGround } from './harness/make.ts';
import { testConfig } from './harness/parley.ts';
import { startParleyProcess } from './harness/process.ts';

const SECRET = 'a secret that nobody else may read';

type Rogue = { url: string; seen: string[]; close(): Promise<void> };

/** Listens where a Parley might, and writes down all that it is told; `answer` says what it answers. */
async function startRogue(
  finish: Finish,
  answer: (request: IncomingMessage) => Promise<object> | object,
  port = 0,
): Promise<Rogue> {
  const seen: string[] = [];
  const server: Server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    seen.push(JSON.stringify(request.headers) + body);
    response.setHeader('content-type', 'application/json').end(JSON.stringify(await answer(request)));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  finish(close);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, close };
}

const ask = ['--model=scripted/echo', SECRET];

test.concurrent('a program that listens where a killed Parley was gets no key and no word, however it answers', async ({
  onTestFinished,
}) => {
  const place = await makeGround(onTestFinished);
  const rogue = await startRogue(onTestFinished, () => ({ ok: true, proof: 'believe me', id: 'me' }));
  await writeAddress(place.dataDir, { address: rogue.url, identity: 'of a process that was killed' });
  const talk = chat(onTestFinished, place, ask);
  expect(await talk.end()).toBe(0);
  expect(talk.out()).toContain(SECRET);
  expect(rogue.seen.length).toBeGreaterThan(0);
  expect(rogue.seen.join()).not.toMatch(/pk_|authorization|secret/i);
});

test.concurrent('one that passes the challenge on to the real Parley elsewhere proves nothing', async ({
  onTestFinished,
}) => {
  const place = await makeGround(onTestFinished);
  const env = { DATABASE_URL: place.database.url.url };
  const real = await startParleyProcess({ dataDir: place.dataDir, env });
  onTestFinished(() => real.kill());
  const relay = await startRogue(onTestFinished, async ({ url }) => (await fetch(real.url + url)).json());
  const { identity } = (await readAddress(place.dataDir))!;
  await writeAddress(place.dataDir, { address: relay.url, identity });
  const talk = chat(onTestFinished, place, ask);
  expect(await talk.end()).toBe(0);
  expect(relay.seen.length).toBeGreaterThan(0);
  expect(relay.seen.join()).not.toMatch(/pk_|authorization|secret/i);
});

test.concurrent('one that takes the place of a Parley in the middle of a chat hears nothing of it', async ({
  onTestFinished,
}) => {
  const place = await makeGround(onTestFinished);
  const env = { DATABASE_URL: place.database.url.url };
  const first = await startParleyProcess({ dataDir: place.dataDir, env });
  const talk = chat(onTestFinished, place, ['--model=scripted/echo', 'hello']);
  await vi.waitUntil(() => talk.out().includes('hello'), 30_000);
  await first.kill();
  const port = Number(new URL(first.url).port);
  const rogue = await startRogue(onTestFinished, () => ({ ok: true, proof: 'believe me' }), port);
  talk.say(SECRET);
  await vi.waitUntil(() => rogue.seen.length > 1, 30_000);
  // It comes back at another address, and the chat goes on there.
  const second = await startParleyProcess({ dataDir: place.dataDir, env });
  onTestFinished(() => second.kill());
  await vi.waitUntil(() => talk.out().includes(SECRET), 30_000);
  expect(await talk.end()).toBe(0);
  expect(rogue.seen.join()).not.toMatch(/pk_|authorization|secret/i);
});

test.concurrent('the key of a terminal lives for minutes, longer while it is open, and is gone from the database at its end', async ({
  onTestFinished,
}) => {
  const { db } = await makeDatabase(onTestFinished);
  const given = { db, config: testConfig() };
  const keys = async () =>
    (
      await db.$client.query<{ seconds: number }>(
        'SELECT extract(epoch FROM expires_at - now())::float AS seconds FROM api_keys',
      )
    ).rows.map((row) => row.seconds);
  const usual = openLocalKey(given);
  await usual.read();
  expect((await keys())[0]).toBeLessThanOrEqual(300);
  await usual.revoke();
  expect(await keys()).toEqual([]);

  const short = openLocalKey(given, 2);
  const key = await short.read();
  const until = performance.now() + 2_500;
  await vi.waitUntil(() => performance.now() > until, 5_000);
  expect((await keys())[0]).toBeGreaterThan(0);
  expect(await short.read()).toBe(key);
  await db.$client.query(`UPDATE api_keys SET expires_at = now() - interval '1 minute'`);
  // What a killed terminal left goes when the next one makes its own.
  const next = openLocalKey(given, 60);
  await next.read();
  expect(await keys()).toHaveLength(1);
  await Promise.all([short.revoke(), next.revoke()]);
});
