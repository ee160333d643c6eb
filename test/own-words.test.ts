/** What a model server says itself, its address and its key: admins read the first, and nobody else any of it. */
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import WebSocket from 'ws';
import { createProvider } from '#providers/create-provider.ts';
import { admin, guest, type Person } from '#test/harness/accounts.ts';
import { QUICK_CLOCK } from '#test/harness/clock.ts';
import { makeKey } from '#test/harness/make.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { generationWhen } from '#test/harness/stored.ts';
import { eventually, follow, readStream, send } from '#test/harness/streams.ts';
import type { Behaviour } from '#test/upstream/behaviour.ts';
import { failureOf, run } from '#test/upstream/run-provider.ts';
import { startUpstream, type Upstream } from '#test/upstream/start-upstream.ts';

const KEY = 'sk-Canary/99+zq=7Rt0-xYw';
const BASIC = Buffer.from(`parley:${KEY}`).toString('base64');
const WORDS = 'The vault of Erebor is closed';
const SAYING = `${WORDS}: ${KEY}, ${encodeURIComponent(KEY)}, Basic ${BASIC}`;
/** Nothing of these may be read by who is no admin; of the key, nobody may read a piece of eight characters. */
const PIECES = Array.from({ length: KEY.length - 7 }, (_, at) => KEY.slice(at, at + 8));
const SECRET = [...PIECES, encodeURIComponent(KEY), BASIC.slice(12, 30)];

let parley: TestParley;
let upstream: Upstream;
let ada: Person;
let endpointId: string;
beforeAll(async () => {
  [parley, upstream] = await Promise.all([startTestParley({}, {}, QUICK_CLOCK), startUpstream()]);
  ada = await admin(parley.url);
  const json = { name: 'vault', kind: 'openai-compatible', baseUrl: upstream.url, apiKey: KEY, slots: 20 };
  const made = await ada.fetch('/api/v1/admin/endpoints', { method: 'POST', json });
  endpointId = ((await made.json()) as { id: string }).id;
});
afterAll(async () => {
  await parley.close();
  await upstream.close();
});

const error = { message: SAYING, code: KEY, type: SAYING };
const CASES: Record<string, Behaviour> = {
  'a bad request': { status: 400, errorBody: { error } },
  'a refused key': { status: 401, errorBody: { error } },
  'a missing model': { status: 404, errorBody: { error } },
  'too many requests': { status: 429, errorBody: { error } },
  'a broken server': { status: 500, errorBody: SAYING },
  'a server that moved': { status: 302, location: `http://${encodeURIComponent(WORDS)}.example/?key=${KEY}` },
  'a chat that is too long': {
    status: 400,
    errorBody: { error: { ...error, code: 'exceed_context_size_error' } },
  },
  'an error in the middle': { tokens: 4, garbage: { at: 'mid', bytes: `event: error\ndata: ${SAYING}\n\n` } },
  'garbage in the middle': { tokens: 4, garbage: { at: 'mid', bytes: `data: ${SAYING}\n\n` } },
  'a reason of its own': { tokens: 4, finishReason: KEY },
  'a sentence as its reason': { tokens: 4, finishReason: SAYING },
};

/** Everything a guest can read of a message and what became of it, over every channel there is. */
async function everythingToldTo(person: Person, prompt: string): Promise<string> {
  const frames: string[] = [];
  const socket = new WebSocket(`${parley.url.replace('http', 'ws')}/api/v1/live`, {
    headers: { cookie: person.cookie },
  });
  onTestFinished(() => socket.terminate());
  socket.on('message', (data) => frames.push(String(data)));
  await new Promise((resolve) => socket.once('open', resolve));
  const { chat, generation } = await send(person, prompt, { modelId: 'vault/normal' });
  const events = await readStream(await follow(person, generation.id));
  await generationWhen(person, generation.id);
  await eventually(
    async () => frames.join(''),
    (text) => /"type":"(?:error|message_end)"/.test(text),
  );
  const paths = [
    `/api/v1/generations/${generation.id}`,
    `/api/v1/chats/${chat.id}`,
    `/api/v1/chats/${chat.id}/messages`,
    '/api/v1/generations',
    '/api/v1/generations/export?format=json',
    '/api/v1/generations/export?format=csv',
    '/api/v1/usage',
    '/api/v1/queue',
    '/api/v1/models',
    '/v1/models',
  ];
  const answers = await Promise.all(paths.map(async (path) => (await person.fetch(path)).text()));
  const asked = [false, true].map((stream) =>
    person
      .fetch('/v1/chat/completions', {
        method: 'POST',
        json: { model: 'vault/normal', stream, messages: [{ role: 'user', content: prompt }] },
      })
      .then((answer) => answer.text()),
  );
  return [...frames, JSON.stringify(events), ...answers, ...(await Promise.all(asked))].join('\n');
}

test.each(Object.keys(CASES))('of %s a guest reads none of the server’s own words', async (name) => {
  upstream.behave((request) => CASES[request.prompt] ?? {});
  const told = await everythingToldTo(await guest(parley.url), name);
  expect(told).toContain(name);
  for (const secret of [WORDS, encodeURIComponent(WORDS), upstream.url, ...SECRET])
    expect(told.includes(secret), secret).toBe(false);
});

test('a model server that is down is down for everybody, and says why to admins alone', async () => {
  upstream.setKey(`another than ${KEY}`);
  onTestFinished(() => upstream.setKey(null));
  const tested = await ada.fetch(`/api/v1/admin/endpoints/${endpointId}/test`, { method: 'POST' });
  expect(await tested.json()).toMatchObject({
    ok: false,
    error: { reason: 'server_refused_key', said: 'Wrong key …' },
  });
  const models = await (await (await guest(parley.url)).fetch('/api/v1/models')).text();
  expect(models).toContain('server_refused_key');
  expect(models).not.toContain('Wrong key');
});

test('an admin reads at the endpoint what its server said last, without the key', async () => {
  upstream.behave({ status: 400, errorBody: { error: { message: SAYING } } });
  const { generation } = await send(ada, 'hello', { modelId: 'vault/normal' });
  await generationWhen(ada, generation.id);
  const shown = await (await ada.fetch(`/api/v1/admin/endpoints/${endpointId}`)).text();
  expect(JSON.parse(shown).lastError).toMatchObject({
    model: 'normal',
    code: 'endpoint_error',
    reason: 'server_error',
    said: expect.stringContaining(`${WORDS}: …`),
  });
  for (const secret of SECRET) expect(shown.includes(secret), secret).toBe(false);
});

test('a key is whole neither before nor behind the cut, wherever it stands in what a server says', async () => {
  const key = await makeKey(ada);
  const provider = createProvider('openai-compatible', { baseUrl: upstream.url, apiKey: key });
  const pieces = Array.from({ length: key.length - 4 }, (_, at) => key.slice(at, at + 5));
  for (const [cut, filling] of [
    [300, 'x'],
    [16 * 1024, ' '],
    [64 * 1024, ' '],
  ] as const)
    for (let at = cut - key.length - 2; at <= cut + 2; at += cut === 300 ? 1 : 3) {
      upstream.behave({ status: 500, errorBody: `${filling.repeat(at)}${key} and more` });
      const { said = '', sentence } = failureOf(await run(provider, 'normal'));
      for (const piece of pieces)
        expect(`${said} ${sentence.text}`.includes(piece), `${cut} ${at}`).toBe(false);
    }
});
