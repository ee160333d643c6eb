/** Bringing chats in: several at once, limits, what is broken among what is good, and who may. */
import { randomUUID } from 'node:crypto';
import { createConnection } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { recountStorage } from '#features/accounts/server/index.ts';
import { admin, guest, type Person, signUp } from '#test/harness/accounts.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { CHATGPT, CLAUDE, SHAREGPT } from './fixtures/foreign.ts';
import { bringIn, bringInForm, chatsOf, readBranch, readChat, takeOut } from './people.ts';

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

const chatOf = (title: string, more: object = {}) => ({
  schema: 'parley.chat/1',
  id: randomUUID(),
  title,
  ...more,
  messages: [
    { id: randomUUID(), parentId: null, role: 'user', content: [{ type: 'text', text: `Said in ${title}` }] },
  ],
});
const storedBy = async (person: Person) =>
  (
    await parley.database.db.$client.query('SELECT bytes, chats FROM storage WHERE owner_id = $1', [
      person.userId,
    ])
  ).rows[0];

test('what is no chat is 400 bad_format, and says what was found', async () => {
  const cases: [string | Uint8Array, RegExp][] = [
    ['', /nothing was sent/],
    ['[]', /empty list/],
    ['  \n', /empty/],
    ['hello there', /“hello there”/],
    [new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3]), /neither JSON nor a zip/],
    ['{"name":"x","version":1}', /keys name, version/],
    ['[1,2]', /words or numbers/],
    ['{"schema":"parley.chat/2","messages":[]}', /schema, messages/],
    ['[{"mapping":{', /ends before/],
  ];
  for (const [body, words] of cases) {
    const answer = await bringIn(ada, body);
    expect([answer.status, answer.body.error?.code]).toEqual([400, 'bad_format']);
    expect(answer.body.error.detail).toMatch(words);
  }
  expect((await bringIn(ada, CLAUDE, '?format=chatgpt')).body.error).toMatchObject({ code: 'bad_format' });
  expect((await bringIn(ada, CLAUDE, '?format=word')).status).toBe(400);
  expect(await chatsOf(ada)).toHaveLength(0);
});

test('several files by a form, of several formats, with a broken one among them', async () => {
  const broken = JSON.stringify(CHATGPT).slice(0, -5);
  const { status, body } = await bringInForm(ada, {
    'a.json': JSON.stringify(CLAUDE),
    'пример.json': `[${JSON.stringify(chatOf('Whole'))},${broken.slice(1)}`,
    'not.txt': 'nothing of ours',
    'c.jsonl': SHAREGPT.map((row) => JSON.stringify(row)).join('\n'),
  });
  expect(status).toBe(200);
  expect(body).toMatchObject({ format: 'mixed', added: 4, failed: 2 });
  const failed = body.items.filter(({ result }) => result === 'failed');
  expect(failed.map(({ file, row }) => [file, row])).toEqual([
    ['пример.json', 1],
    ['not.txt', 0],
  ]);
  expect(failed[0]!.message).toContain('ends in the middle');
});

test('a dry run answers the same and keeps nothing', async () => {
  const kept = chatOf('There');
  await bringIn(ada, kept);
  const [before, stored] = [await chatsOf(ada), await storedBy(ada)];
  const files = [...CHATGPT, kept, chatOf('New'), { schema: 'parley.chat/1', messages: 'none' }];
  const dry = await bringIn(ada, files, '?dryRun=true');
  expect(await chatsOf(ada)).toEqual(before);
  expect(await storedBy(ada)).toEqual(stored);
  const real = await bringIn(ada, files);
  expect(dry.body).toEqual(real.body);
  expect(dry.body).toMatchObject({ added: 2, skipped: 1, failed: 1 });
});

test('active chats count towards the limit: each over it fails with chat_limit, archived ones come in', async () => {
  const limited = await signUp(parley.url);
  await boss.fetch(`/api/v1/admin/users/${limited.userId}`, { method: 'PATCH', json: { maxChats: 3 } });
  const files = [1, 2, 3, 4, 5].map((at) => chatOf(`Chat ${at}`)).concat(chatOf('Old', { archived: true }));
  const dry = await bringIn(limited, files, '?dryRun=true');
  const { body } = await bringIn(limited, files);
  expect(dry.body).toEqual(body);
  expect(body).toMatchObject({ added: 4, failed: 2 });
  expect(body.items.filter(({ code }) => code === 'chat_limit').map(({ row }) => row)).toEqual([3, 4]);
  expect(body.items[3]!.message).toContain('limit of 3 chats');
});

test('storage is counted with all that comes, and given back; what does not fit is refused', async () => {
  const files = [...CHATGPT, chatOf('Much', { run: { notes: 'x'.repeat(5_000) } })];
  await bringIn(ada, files);
  const { bytes } = await storedBy(ada);
  expect(bytes).toBeGreaterThan(6_000);
  await recountStorage(parley.services);
  expect((await storedBy(ada)).bytes).toBe(bytes);
  await boss.fetch(`/api/v1/admin/users/${ada.userId}`, {
    method: 'PATCH',
    json: { maxStorageBytes: bytes + 10_000 },
  });
  const large = [chatOf('Small'), chatOf('Large', { description: 'x'.repeat(19_000) })];
  const { body } = await bringIn(ada, large);
  expect(body).toMatchObject({ added: 1, failed: 1 });
  expect(body.items[1]).toMatchObject({ code: 'storage_limit', title: 'Large' });
  expect((await chatsOf(ada)).map(({ title }) => title)).not.toContain('Large');
});

test('a deleted chat comes back as it was', async () => {
  const chat = chatOf('Gone');
  await bringIn(ada, chat);
  await ada.fetch(`/api/v1/chats/${chat.id}`, { method: 'PATCH', json: { title: 'Renamed' } });
  await ada.fetch(`/api/v1/chats/${chat.id}`, { method: 'DELETE' });
  expect((await bringIn(ada, chat)).body).toMatchObject({ added: 1 });
  expect(await readChat(ada, chat.id)).toMatchObject({ title: 'Renamed' });
});

test('of a chat without its own order parents come before children, and a leaf that is none is the last message', async () => {
  const [a, b, c] = [randomUUID(), randomUUID(), randomUUID()];
  const say = (id: string, parentId: string | null, text: string) => ({
    id,
    parentId,
    role: 'user',
    content: [{ type: 'text', text }],
  });
  const { body } = await bringIn(ada, {
    schema: 'parley.chat/1',
    messages: [say(c, b, 'three'), say(b, a, 'two'), say(a, null, 'one')],
  });
  const branch = await readBranch(ada, body.items[0]!.chatId!);
  expect(branch.map(({ content }) => (content[0] as { text: string }).text)).toEqual(['one', 'two', 'three']);
});

test('who imports hears of it once, and the chats are there', async () => {
  const told: string[] = [];
  const stop = parley.services.bus.subscribe(`user:${ada.userId}`, ({ type }) => void told.push(type));
  await bringIn(
    ada,
    Array.from({ length: 30 }, (_, at) => chatOf(`Chat ${at}`)),
  );
  stop();
  expect(told).toEqual(['chats_changed']);
});

test('strangers are refused before their body is read, guests may, and keys need the scope', async () => {
  const { port } = new URL(parley.url);
  const socket = createConnection(Number(port), '127.0.0.1');
  const answer = await new Promise<string>((resolve, reject) => {
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
      if (text.includes('}')) resolve(text);
    });
    socket.on('error', reject);
    // A gigabyte is promised, and nothing of it is waited for.
    socket.write(
      'POST /api/v1/chats/import HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000000000\r\n\r\n[',
    );
  });
  socket.destroy();
  expect(answer).toMatch(/^HTTP\/1\.1 401/);
  const visitor = await guest(parley.url);
  expect((await bringIn(visitor, chatOf('A guest’s'))).body).toMatchObject({ added: 1 });
  const made = await ada.fetch('/api/v1/api-keys', {
    method: 'POST',
    json: { name: 'K', scopes: ['models'] },
  });
  const { key } = (await made.json()) as { key: string };
  const refused = await fetch(`${parley.url}/api/v1/chats/import`, {
    method: 'POST',
    body: '[]',
    headers: { authorization: `Bearer ${key}` },
  });
  expect(refused.status).toBe(403);
});

test('more than a gigabyte is 413 by its length alone, and other routes keep their own bound', async () => {
  const { port } = new URL(parley.url);
  const head = async (path: string, length: number) => {
    const socket = createConnection(Number(port), '127.0.0.1');
    const text = await new Promise<string>((resolve) => {
      let read = '';
      socket.on('data', (chunk) => {
        read += chunk;
        if (read.includes('}')) resolve(read);
      });
      socket.write(
        `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: ${ada.cookie}\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n[`,
      );
    });
    socket.destroy();
    return text.split('\r\n')[0];
  };
  expect(await head('/api/v1/chats/import', 2 ** 30 + 1)).toContain('413');
  expect(await head('/api/v1/chats', 11 * 2 ** 20)).toContain('413');
});

test('one import of a person at a time', async () => {
  const many = JSON.stringify(Array.from({ length: 200 }, (_, at) => chatOf(`Chat ${at}`)));
  const answers = await Promise.all([bringIn(ada, many), bringIn(ada, many)]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 429]);
  expect(answers.find(({ status }) => status === 429)!.body.error.code).toBe('rate_limited');
});

test('an export shows nobody else’s opinions, and ends when its reader goes', async () => {
  await bringIn(
    ada,
    Array.from({ length: 50 }, (_, at) => chatOf(`Chat ${at}`, { description: 'x'.repeat(15_000) })),
  );
  const gone = new AbortController();
  const answer = await ada.fetch('/api/v1/chats/export', { signal: gone.signal });
  await answer.body!.getReader().read();
  gone.abort();
  // The connection for reports is one: were it not given back, this would wait for it.
  expect((await takeOut(ada, 'export?format=jsonl')).trimEnd().split('\n')).toHaveLength(50);
  expect((await takeOut(ada, 'export?q=Chat 7&format=md')).match(/^# Chat 7$/gm)).toHaveLength(1);
});

test('a body may take longer to arrive than a request may elsewhere, as long as something comes', async ({
  onTestFinished,
}) => {
  const hasty = await startTestParley({}, {}, { requestMs: 700, requestHeadMs: 700, requestLookMs: 100 });
  onTestFinished(() => hasty.close());
  const person = await signUp(hasty.url);
  const text = JSON.stringify(chatOf('Slow'));
  const slowly = (path: string) => {
    const pieces = Array.from({ length: 8 }, (_, at) =>
      text.slice((at * text.length) / 8, ((at + 1) * text.length) / 8),
    );
    const body = new ReadableStream({
      async pull(controller) {
        const piece = pieces.shift();
        if (piece === undefined) return controller.close();
        await new Promise((resolve) => setTimeout(resolve, 250));
        controller.enqueue(Buffer.from(piece));
      },
    });
    return person.fetch(path, {
      method: 'POST',
      body,
      duplex: 'half',
      headers: { 'content-type': 'application/json' },
    } as RequestInit);
  };
  const answer = await slowly('/api/v1/chats/import');
  expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ added: 1 })]);
  expect((await slowly('/api/v1/chats').catch(() => ({ status: 408 }))).status).toBe(408);
});

test('what a guest brought in is known when they have an account', async () => {
  const visitor = await guest(parley.url);
  await bringIn(visitor, CHATGPT);
  const member = await signUp(parley.url, { as: visitor });
  expect((await bringIn(member, CHATGPT)).body).toMatchObject({ added: 0, skipped: 1 });
});
