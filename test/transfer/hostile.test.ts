/** Files that were made to do harm: refused in words, chat by chat, and nothing of anybody else's is touched. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Person, signUp } from '#test/harness/accounts.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { SHAREGPT } from './fixtures/foreign.ts';
import { bringIn, chatsOf, readBranch, readChat, takeOut } from './people.ts';

let parley: TestParley;
let ada: Person;
beforeAll(async () => {
  parley = await startTestParley();
});
afterAll(() => parley.close());
beforeEach(async () => {
  ada = await signUp(parley.url);
});

type Said = { id: string; parentId: string | null; role?: string; content?: unknown[] };
const record = (messages: Said[], more: object = {}) => ({
  schema: 'parley.chat/1',
  id: randomUUID(),
  title: 'Theirs',
  ...more,
  messages: messages.map((one) => ({ role: 'user', content: [{ type: 'text', text: 'Hi' }], ...one })),
});
const one = () => ({ id: randomUUID(), parentId: null });
const good = () => record([one()]);

test('trees that are none are refused in words, and what stands beside them comes in', async () => {
  const [a, b] = [randomUUID(), randomUUID()];
  const cases: [string, object][] = [
    [
      'in a circle',
      record([
        { id: a, parentId: b },
        { id: b, parentId: a },
      ]),
    ],
    ['in a circle', record([{ id: a, parentId: a }])],
    ['not in this chat', record([{ id: a, parentId: randomUUID() }])],
    ['there twice', record([one(), { id: a, parentId: null }, { id: a, parentId: null }])],
    ['messages.0.role', record([{ ...one(), role: 'root' }])],
    ['messages.0.id', record([{ id: "'; DROP TABLE chats", parentId: null }])],
    ['title', { ...good(), title: 'x'.repeat(301) }],
    ['metadata', { ...good(), metadata: { big: 'x'.repeat(70_000) } }],
    ['settings', { ...good(), settings: { modelId: 'e/m', evil: true } }],
  ];
  const { status, body } = await bringIn(ada, [...cases.map(([, bad]) => bad), good()]);
  expect(status).toBe(200);
  expect(body).toMatchObject({ added: 1, failed: cases.length });
  for (const [at, [words]] of cases.entries()) {
    expect(body.items[at]!.message).toContain(words);
    expect(body.items[at]).toMatchObject({ row: at, result: 'failed' });
  }
  expect(await chatsOf(ada)).toHaveLength(1);
});

test('a chat of a million messages is refused without a message of it being kept', async () => {
  const rows = [];
  for (let at = 0; at < 1_000_000; at++) rows.push(`{"from":"human","value":"x"}`);
  const { status, body } = await bringIn(
    ada,
    `[{"conversations":[${rows.join(',')}]},${JSON.stringify(SHAREGPT[0])}]`,
  );
  expect(status).toBe(200);
  expect(body).toMatchObject({ added: 1, failed: 1, messages: 2 });
  expect(body.items[0]!.message).toContain('1000000 messages');
});

test('what is too deep, too large or has too many values is refused, and the next row comes in', async () => {
  const deep = `{"schema":"parley.chat/1","id":"${randomUUID()}","original":${'['.repeat(5_000)}${']'.repeat(5_000)},"messages":[]}`;
  const large = JSON.stringify({ ...good(), description: 'x'.repeat(34 * 2 ** 20) });
  const many = `{"schema":"parley.chat/1","original":[${'1,'.repeat(5_000_000)}1],"messages":[]}`;
  const lines = [JSON.stringify(good()), deep, large, many, JSON.stringify(good())].join('\n');
  const { body } = await bringIn(ada, lines, '?file=x.jsonl');
  expect(body).toMatchObject({ added: 2, failed: 3 });
  expect(body.items.map(({ message }) => message)).toEqual([
    undefined,
    expect.stringContaining('nested deeper'),
    expect.stringContaining('more than 32 MiB'),
    expect.stringContaining('too many values'),
    undefined,
  ]);
});

test('NUL and half surrogates become U+FFFD and are counted; __proto__ is refused however it is written', async () => {
  const text = `{"schema":"parley.chat/1","id":"${randomUUID()}","title":"a\\u0000b","messages":[{"id":"${randomUUID()}","parentId":null,"role":"user","content":[{"type":"text","text":"\\ud83d \\ud83d\\ude00 \\udc00"}]}]}`;
  const { body } = await bringIn(ada, text);
  expect(body).toMatchObject({ added: 1, replaced: 3 });
  expect(body.items[0]!.message).toBe('3 characters could not be kept and became �.');
  const chat = await readChat(ada, body.items[0]!.chatId!);
  expect(chat.title).toBe('a\uFFFDb');
  expect((await readBranch(ada, chat.id))[0]!.content).toEqual([{ type: 'text', text: '\uFFFD 😀 \uFFFD' }]);

  for (const key of ['__proto__', '\\u005f_proto__']) {
    const bad = JSON.stringify({ ...good(), metadata: { KEY: { isAdmin: true } } }).replace('KEY', key);
    expect((await bringIn(ada, bad)).body).toMatchObject({ added: 0, failed: 1 });
  }
  expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
});

test('ids of somebody else’s chats and messages give a copy with new ones, and change nothing of theirs', async () => {
  const [bob, q, r] = [await signUp(parley.url), randomUUID(), randomUUID()];
  const theirs = record([
    { id: q, parentId: null },
    { id: r, parentId: q, role: 'assistant' },
  ]);
  await bringIn(bob, theirs);
  const before = await takeOut(bob, `${theirs.id}/export`);

  const mine = {
    ...theirs,
    title: 'Mine',
    leafMessageId: r,
    messages: theirs.messages.map((message) => ({
      ...message,
      rating: { value: 1, updatedAt: '2026-01-01T00:00:00.000Z' },
    })),
  };
  const { body } = await bringIn(ada, mine);
  expect(body).toMatchObject({ copied: 1, added: 0 });
  const copy = await readChat(ada, body.items[0]!.chatId!);
  expect(copy).toMatchObject({ originalId: theirs.id, title: 'Mine' });
  const branch = await readBranch(ada, copy.id);
  expect(branch.map(({ originalId }) => originalId)).toEqual([q, r]);
  expect(branch[1]).toMatchObject({ parentId: branch[0]!.id, rating: { value: 1 } });
  // A second time, and its own export, are known.
  expect((await bringIn(ada, mine)).body).toMatchObject({ skipped: 1, copied: 0 });
  expect((await bringIn(ada, await takeOut(ada, `${copy.id}/export`))).body).toMatchObject({ skipped: 1 });
  // A chat of its own id with a message of theirs is a copy as well.
  const stolen = record([{ id: q, parentId: null }]);
  expect((await bringIn(ada, stolen)).body).toMatchObject({ copied: 1 });
  // Naming a message of theirs as parent, leaf or origin reaches nothing.
  const reaching = record([one()], { leafMessageId: r });
  const { body: reached } = await bringIn(ada, {
    ...reaching,
    messages: [{ ...reaching.messages[0]!, editedFrom: r }],
  });
  const reader = await readChat(ada, reached.items[0]!.chatId!);
  expect(reader.leafMessageId).toBe(reaching.messages[0]!.id);
  expect(await takeOut(bob, `${theirs.id}/export`)).toBe(before);
});

test('nothing in a file acts: no agent, project, model or person of somebody else is taken over', async () => {
  const bob = await signUp(parley.url);
  const post = async (path: string, json: object) =>
    ((await (await bob.fetch(`/api/v1${path}`, { method: 'POST', json })).json()) as { id: string }).id;
  const [agentId, projectId] = [
    await post('/agents', { name: 'Secret' }),
    await post('/projects', { name: 'Secret' }),
  ];
  const reply = { ...one(), role: 'assistant', agentId, generationId: randomUUID(), authorId: bob.userId };
  const evil = {
    ...record([reply], { agent: { id: agentId, name: 'x' }, settings: { modelId: 'other/model' } }),
    projectId,
    visibility: 'shared',
    project: 'Secret',
    userId: bob.userId,
    authorId: bob.userId,
  };
  const context = {
    primary: 0,
    personal: 1,
    project: 1,
    agent: 1,
    chat: 1,
    agentId,
    omitted: 0,
    estimatedTokens: 1,
    sha256: 'sha256:0',
  };
  Object.assign(evil.messages[0]!, { generation: { model: 'other/model', state: 'running' }, context });
  const { body } = await bringIn(ada, evil);
  expect(body).toMatchObject({ added: 1 });
  const chat = await readChat(ada, body.items[0]!.chatId!);
  expect(chat).toMatchObject({
    agentId: null,
    projectId: null,
    visibility: 'private',
    authorId: ada.userId,
    settings: {},
  });
  const [message] = await readBranch(ada, chat.id);
  expect(message).toMatchObject({ agentId: null, generationId: null });
  expect(message!.ending).toMatchObject({ state: 'interrupted' });
  // A stamp from elsewhere is no way to read instructions here.
  expect((await ada.fetch(`/api/v1/messages/${message!.id}/context`)).status).toBe(404);
  const { rows } = await parley.database.db.$client.query('SELECT FROM generations WHERE user_id = $1', [
    ada.userId,
  ]);
  expect(rows).toHaveLength(0);
  // And all of it is there again when it goes out.
  expect(JSON.parse(await takeOut(ada, `${chat.id}/export`))).toMatchObject({
    agent: { id: agentId },
    project: 'Secret',
    settings: { modelId: 'other/model' },
    messages: [{ context: { agentId }, generation: { state: 'running' } }],
  });
});

test('titles, names and texts that are markup stay text in every document', async () => {
  const evil = '<script>alert(1)</script><img src=x onerror=alert(1)>';
  const chat = record(
    [{ ...one(), content: [{ type: 'text', text: `${evil}\n\`\`\`${evil}\n${evil}\n\`\`\`` }] }],
    { title: evil },
  );
  const { body } = await bringIn(ada, chat);
  const answer = await ada.fetch(`/api/v1/chats/${body.items[0]!.chatId}/export?format=html`);
  const html = await answer.text();
  expect(answer.headers.get('content-disposition')).toMatch(
    /^attachment; filename="[^"<>/\\]+\.html"; filename\*=UTF-8''[^<>;/"]+$/,
  );
  expect(html).not.toMatch(/<script|<img|onerror=alert\(1\)>(?!&)/i);
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(html).toMatch(/Content-Security-Policy" content="default-src 'none'; style-src 'sha256-/);
});
