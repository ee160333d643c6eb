/** Chats of other programs: what is kept of each, and that a second time adds nothing. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Person, signUp } from '#test/harness/accounts.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { CHATGPT, CLAUDE, LIBRECHAT, OPEN_WEBUI, SHAREGPT } from './fixtures/foreign.ts';
import { bringIn, chatsOf, readBranch, readChat, takeOut, textsOf } from './people.ts';

let parley: TestParley;
let ada: Person;
beforeAll(async () => {
  parley = await startTestParley();
});
afterAll(() => parley.close());
beforeEach(async () => {
  ada = await signUp(parley.url);
});

const recordOf = async (chatId: string) => JSON.parse(await takeOut(ada, `${chatId}/export`));
const instructionsOf = async (chatId: string) =>
  ((await (await ada.fetch(`/api/v1/chats/${chatId}/context`)).json()) as { content: string }).content;

describe('ChatGPT', () => {
  test('keeps the tree, the branch, times and models; tools are folded into the reply', async () => {
    const { status, body } = await bringIn(ada, CHATGPT, '?file=conversations.json');
    expect(body).toMatchObject({ format: 'chatgpt', added: 1, skipped: 0, failed: 0, messages: 4 });
    expect(status).toBe(200);
    const { chatId } = body.items[0]!;
    const chat = await readChat(ada, chatId!);
    expect(chat).toMatchObject({
      title: 'Rivers',
      originalId: 'cg-1',
      createdAt: '2023-11-14T22:13:20.250Z',
      archived: false,
    });
    expect(await instructionsOf(chat.id)).toBe('Answer in one line.');
    const branch = await readBranch(ada, chat.id);
    expect(textsOf(branch)).toEqual([
      'user: How long is it?',
      'assistant: tool_call|tool_result|It is 3,531 km.',
    ]);
    expect(branch[1]!.content[0]).toMatchObject({ name: 'python', arguments: 'print(3531)' });
    expect(branch[1]!.content[1]).toMatchObject({ result: '3531', toolCallId: 'a2a' });
    expect(branch[1]).toMatchObject({ source: 'import', authorId: null, originalId: 'a2a' });
    expect(branch[1]!.ending).toMatchObject({ model: 'gpt-4o', state: 'completed', inputTokens: null });
    expect(branch[0]!.siblings).toMatchObject({ index: 1, count: 2 });
    const record = await recordOf(chat.id);
    expect(record).toMatchObject({ collector: 'import', consent: { status: 'not_applicable' } });
    expect(record.source).toMatchObject({
      format: 'chatgpt',
      file: 'conversations.json',
      row: 0,
      originalId: 'cg-1',
    });
    expect(record.source.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(record.original).toMatchObject({ default_model_slug: 'gpt-4o' });
    expect(JSON.stringify(record.messages)).toContain('file-service://file-abc');
    expect(record.messages.map((one: { parentId: string | null }) => one.parentId === null)).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });
});

describe('Claude', () => {
  test('keeps thoughts, tools and attachments, and the ids of messages', async () => {
    const { body } = await bringIn(ada, CLAUDE);
    expect(body).toMatchObject({ format: 'claude', added: 1, messages: 2 });
    const chat = await readChat(ada, body.items[0]!.chatId!);
    expect(chat).toMatchObject({ title: 'Tea', createdAt: '2025-03-01T10:00:00.123Z' });
    const branch = await readBranch(ada, chat.id);
    expect(branch[1]!.content).toEqual([
      { type: 'reasoning', text: 'They like it mild.' },
      { type: 'tool_call', toolCallId: 't1', name: 'look_up', arguments: '{"tea":"sencha"}' },
      { type: 'tool_result', toolCallId: 't1', result: 'mild' },
      { type: 'text', text: 'Green.' },
    ]);
    // The file names no model, so there is none.
    expect(branch[1]!.ending).toBeNull();
    const text = JSON.stringify(await recordOf(chat.id));
    expect(text).toContain('Sencha, Assam');
    expect(text).not.toContain('not to be kept');
  });
});

describe('Open WebUI', () => {
  test('keeps siblings, the chosen one, tags, instructions and the archive', async () => {
    const { body } = await bringIn(ada, OPEN_WEBUI);
    expect(body).toMatchObject({ format: 'open-webui', added: 1, messages: 3 });
    const chat = await readChat(ada, body.items[0]!.chatId!);
    expect(chat).toMatchObject({ title: 'Bread', archived: true, tags: ['kitchen'] });
    expect(await instructionsOf(chat.id)).toBe('You bake.');
    const [question, reply] = await readBranch(ada, chat.id);
    expect(question!.createdAt).toBe('2025-02-19T21:20:00.000Z');
    expect(reply!.content).toEqual([
      { type: 'reasoning', text: 'Sour.' },
      { type: 'text', text: 'With sourdough.' },
    ]);
    expect(reply!.siblings).toMatchObject({ index: 1, count: 2 });
    expect(reply!.ending).toMatchObject({ model: 'qwen3', state: 'completed' });
  });
});

describe('LibreChat', () => {
  test('reads messages that are hung into one another, and says what was cut off', async () => {
    const { body } = await bringIn(ada, LIBRECHAT);
    expect(body).toMatchObject({ format: 'librechat', added: 1, messages: 3 });
    const chat = await readChat(ada, body.items[0]!.chatId!);
    expect(chat).toMatchObject({ title: 'Chess', createdAt: '2025-02-01T08:00:00.000Z' });
    expect(await instructionsOf(chat.id)).toBe('You play.');
    const branch = await readBranch(ada, chat.id);
    expect(textsOf(branch)).toEqual(['user: e4?', 'assistant: Sicilian.|tool_call|tool_result|c5.']);
    expect(branch[1]!.ending).toMatchObject({ state: 'interrupted', model: 'gpt-4o-mini' });
  });

  test('and a chat of a thousand messages hung into one another', async () => {
    let inner: object[] = [];
    for (let at = 1_000; at > 0; at--)
      inner = [
        {
          messageId: `m${at}`,
          parentMessageId: at === 1 ? '00000000-0000-0000-0000-000000000000' : `m${at - 1}`,
          isCreatedByUser: at % 2 === 1,
          text: `Turn ${at}`,
          children: inner,
        },
      ];
    const { body } = await bringIn(ada, { conversationId: 'deep', title: 'Deep', messages: inner });
    expect(body).toMatchObject({ added: 1, failed: 0, messages: 1_000 });
  });
});

describe('ShareGPT', () => {
  test('invents no times, models or ids: two rows of one id are two chats', async () => {
    const { body } = await bringIn(ada, SHAREGPT);
    expect(body).toMatchObject({ format: 'sharegpt', added: 2, messages: 4 });
    const chat = await readChat(ada, body.items[0]!.chatId!);
    expect(chat.originalId).toBe('x');
    expect(await instructionsOf(chat.id)).toBe('Be brief.');
    const record = await recordOf(chat.id);
    expect(record).not.toHaveProperty('createdAt');
    expect(record).not.toHaveProperty('updatedAt');
    for (const message of record.messages) {
      expect(message).not.toHaveProperty('createdAt');
      expect(message).not.toHaveProperty('generation');
    }
    expect(record.messages[1].original).toEqual({ weight: 1 });
  });

  test('the same row twice in a file is two chats, and both are known the next time', async () => {
    const rows = [SHAREGPT[0], SHAREGPT[0]];
    expect((await bringIn(ada, rows)).body).toMatchObject({ added: 2 });
    expect((await bringIn(ada, rows)).body).toMatchObject({ added: 0, skipped: 2 });
    expect((await bringIn(ada, [...rows, SHAREGPT[0]])).body).toMatchObject({ added: 1, skipped: 2 });
  });

  test('as JSONL, with a broken line that takes no other along', async () => {
    const lines = [JSON.stringify(SHAREGPT[0]), '{"id": "broken', JSON.stringify(SHAREGPT[1]), ''].join('\n');
    const { body } = await bringIn(ada, lines, '?file=set.jsonl');
    expect(body).toMatchObject({ added: 2, failed: 1 });
    expect(body.items.find(({ result }) => result === 'failed')).toMatchObject({
      file: 'set.jsonl',
      row: 1,
      message: 'This is not JSON.',
    });
  });

  test('a role that nobody knows refuses its chat alone', async () => {
    const strange = {
      conversations: [
        { from: 'human', value: 'Hi' },
        { from: 'constructor', value: 'x' },
      ],
    };
    const { body } = await bringIn(ada, [strange, SHAREGPT[0]]);
    expect(body).toMatchObject({ added: 1, failed: 1 });
    expect(body.items[0]!.message).toContain('“constructor”');
  });
});

describe('a second time', () => {
  test.each([
    ['chatgpt', CHATGPT],
    ['claude', CLAUDE],
    ['open-webui', OPEN_WEBUI],
    ['librechat', LIBRECHAT],
    ['sharegpt', SHAREGPT],
  ] as const)('%s adds nothing, nor does what was taken out of it', async (_format, file) => {
    const first = await bringIn(ada, file);
    expect(first.body.failed).toBe(0);
    const before = await chatsOf(ada);
    const again = await bringIn(ada, file);
    expect(again.body).toMatchObject({
      added: 0,
      copied: 0,
      failed: 0,
      skipped: first.body.added,
      messages: 0,
    });
    const out = await takeOut(ada, 'export?archived=all');
    expect((await bringIn(ada, out)).body).toMatchObject({
      format: 'parley',
      added: 0,
      skipped: first.body.added,
    });
    expect(await chatsOf(ada)).toEqual(before);
  });

  test('somebody else has chats of their own of the same file', async () => {
    const bob = await signUp(parley.url);
    const [hers, his] = [await bringIn(ada, CHATGPT), await bringIn(bob, CHATGPT)];
    expect(his.body).toMatchObject({ added: 1, copied: 0 });
    expect(his.body.items[0]!.chatId).not.toBe(hers.body.items[0]!.chatId);
  });
});
