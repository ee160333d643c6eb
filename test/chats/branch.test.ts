import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { branchOf } from '#features/messages/server/index.ts';
import { allPages, type Person, startChats } from './people.ts';

let chats: Awaited<ReturnType<typeof startChats>>;
let ann: Person;
beforeAll(async () => {
  chats = await startChats();
  ann = await chats.newPerson();
});
afterAll(() => chats.close());

/** Adds a message with this text under `parentId`; its id. */
async function say(chatId: string, text: string, parentId: string | null): Promise<string> {
  const id = randomUUID();
  await chats.services.db.$client.query(
    `INSERT INTO messages (id, chat_id, parent_id, role, content) VALUES ($1, $2, $3, 'user', $4)`,
    [id, chatId, parentId, JSON.stringify([{ type: 'text', text }])],
  );
  return id;
}

/** A chat whose shown branch is a – b – c – d, with branches b – x – y and a second root r. */
async function growTree() {
  const { body: chat } = await ann.call('POST', '/chats');
  const a = await say(chat.id, 'a', null);
  const b = await say(chat.id, 'b', a);
  const c = await say(chat.id, 'c', b);
  const d = await say(chat.id, 'd', c);
  const x = await say(chat.id, 'x', b);
  const y = await say(chat.id, 'y', x);
  const r = await say(chat.id, 'r', null);
  await ann.call('PATCH', `/chats/${chat.id}`, { leafMessageId: d });
  return { chatId: chat.id as string, ids: { a, b, c, d, x, y, r } };
}

// biome-ignore lint/suspicious/noExplicitAny: an answer's messages
const textsOf = (items: any[]): string => items.map((message) => message.content[0].text).join('');
const shown = async (chatId: string, query = '') => {
  const { body } = await ann.call('GET', `/chats/${chatId}/messages${query}`);
  return { texts: textsOf(body.items), nextCursor: body.nextCursor };
};

test('only the shown branch is read, oldest first', async () => {
  const { chatId, ids } = await growTree();
  const { body } = await ann.call('GET', `/chats/${chatId}/messages`);
  expect(textsOf(body.items)).toBe('abcd');
  expect(body.nextCursor).toBeNull();
  expect(body.items[1]).toEqual({
    id: ids.b,
    chatId,
    parentId: ids.a,
    role: 'user',
    content: [{ type: 'text', text: 'b' }],
    generationId: null,
    agentId: null,
    authorId: expect.any(String),
    ending: null,
    metadata: {},
    source: 'human',
    editedFrom: null,
    excluded: false,
    rating: null,
    siblings: { index: 0, count: 1, ids: [ids.b] },
    createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
  });
});

test('a page holds the latest messages, and its cursor is the next before', async () => {
  const { chatId, ids } = await growTree();
  expect(await shown(chatId, '?limit=2')).toEqual({ texts: 'cd', nextCursor: ids.c });
  expect(await shown(chatId, `?limit=2&before=${ids.c}`)).toEqual({ texts: 'ab', nextCursor: null });
  expect(await shown(chatId, `?before=${ids.a}`)).toEqual({ texts: '', nextCursor: null });
  const pages = await allPages(ann, `/chats/${chatId}/messages?limit=3`, 'before');
  expect(pages.map(textsOf)).toEqual(['bcd', 'a']);
});

test('a page stands around a message or begins with one, and says what is below it', async () => {
  const { chatId, ids } = await growTree();
  const inner = async (query: string) => {
    const { body } = await ann.call('GET', `/chats/${chatId}/messages?${query}`);
    return [textsOf(body.items), body.nextCursor, body.newerCursor];
  };
  expect(await inner(`limit=2&around=${ids.b}`)).toEqual(['ab', null, ids.c]);
  expect(await inner(`limit=3&around=${ids.c}`)).toEqual(['bcd', ids.b, null]);
  expect(await inner(`limit=1&around=${ids.c}`)).toEqual(['c', ids.c, ids.d]);
  expect(await inner(`around=${ids.a}`)).toEqual(['abcd', null, null]);
  expect(await inner(`limit=2&from=${ids.b}`)).toEqual(['bc', ids.b, ids.d]);
  expect(await inner(`limit=2&from=${ids.d}`)).toEqual(['d', ids.d, null]);
  // What is asked for is all there is to know: a page that ends at the leaf says nothing of what is below it.
  expect((await inner('limit=2'))[2]).toBeUndefined();
});

test('a message beside the shown branch, of another chat, or deleted is in the middle of no page', async () => {
  const [one, two] = [await growTree(), await growTree()];
  await ann.call('DELETE', `/messages/${one.ids.r}`);
  for (const field of ['around', 'from'])
    for (const [id, reason] of [
      [one.ids.x, 'not_in_shown_branch'],
      [one.ids.r, 'not_in_this_chat'],
      [two.ids.b, 'not_in_this_chat'],
      [randomUUID(), 'not_in_this_chat'],
    ]) {
      const { status, body } = await ann.call('GET', `/chats/${one.chatId}/messages?${field}=${id}`);
      expect([status, body.error.field, body.error.reason]).toEqual([400, field, reason]);
    }
  const bob = await chats.newPerson();
  const foreign = await bob.call('GET', `/chats/${one.chatId}/messages?around=${one.ids.b}`);
  expect(foreign.status).toBe(404);
});

test('pages from one message on leave nothing out, however large what is in them', async () => {
  const { body: chat } = await ann.call('POST', '/chats');
  let parent: string | null = null;
  const ids: string[] = [];
  for (const size of [10, 900_000, 900_000, 900_000, 3_000_000, 10, 10]) {
    parent = await say(chat.id, 'x'.repeat(size), parent);
    ids.push(parent);
  }
  await ann.call('PATCH', `/chats/${chat.id}`, { leafMessageId: parent });
  const read: string[][] = [];
  for (let from: string | null = ids[0]!; from; ) {
    const { body } = await ann.call('GET', `/chats/${chat.id}/messages?from=${from}`);
    read.push(body.items.map(({ id }: { id: string }) => id));
    from = body.newerCursor;
  }
  expect(read.map(({ length }) => length)).toEqual([3, 1, 1, 2]);
  expect(read.flat()).toEqual(ids);
  const { body } = await ann.call('GET', `/chats/${chat.id}/messages?around=${ids[4]}`);
  const around = body.items.map(({ id }: { id: string }) => id);
  expect(around).toEqual([ids[3], ids[4]]);
});

test('moving the leaf shows another branch, and before works on any branch of the chat', async () => {
  const { chatId, ids } = await growTree();
  await ann.call('PATCH', `/chats/${chatId}`, { leafMessageId: ids.y });
  expect((await shown(chatId)).texts).toBe('abxy');
  expect((await shown(chatId, `?before=${ids.d}`)).texts).toBe('abc');
  await ann.call('PATCH', `/chats/${chatId}`, { leafMessageId: ids.r });
  expect((await shown(chatId)).texts).toBe('r');
});

test('a message of another chat is no place in this one', async () => {
  const [one, two] = [await growTree(), await growTree()];
  for (const foreign of [two.ids.b, randomUUID()]) {
    const paged = await ann.call('GET', `/chats/${one.chatId}/messages?before=${foreign}`);
    expect([paged.status, paged.body.error.field]).toEqual([400, 'before']);
    const moved = await ann.call('PATCH', `/chats/${one.chatId}`, { leafMessageId: foreign });
    expect([moved.status, moved.body.error.field]).toEqual([400, 'leafMessageId']);
  }
  expect((await shown(one.chatId)).texts).toBe('abcd');
});

test('a chat without messages has an empty page', async () => {
  const { body: chat } = await ann.call('POST', '/chats');
  expect(await shown(chat.id)).toEqual({ texts: '', nextCursor: null });
});

test('without a limit the whole branch is read, however long', async () => {
  const { body: chat } = await ann.call('POST', '/chats');
  const { $client } = chats.services.db;
  await $client.query(
    `INSERT INTO messages (id, chat_id, parent_id, role, content)
     SELECT ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, $1,
            CASE WHEN n > 1 THEN ('00000000-0000-4000-8000-' || lpad((n - 1)::text, 12, '0'))::uuid END,
            'user', jsonb_build_array(jsonb_build_object('type', 'text', 'text', n::text))
       FROM generate_series(1, 5000) n`,
    [chat.id],
  );
  const leaf = '00000000-0000-4000-8000-000000005000';
  const { messages } = await branchOf(chats.services.db.$client, chat.id, leaf, { bytes: 8 * 1024 * 1024 });
  expect(messages.map((message) => (message.content[0] as { text: string }).text)).toEqual(
    Array.from({ length: 5000 }, (_, index) => String(index + 1)),
  );
});

test('purging removes what was deleted more than a day ago with its messages, and nothing else', async () => {
  const { purgeDeletedChats } = await import('#features/chats/server/index.ts');
  const [old, fresh, kept] = [await growTree(), await growTree(), await growTree()];
  await ann.call('DELETE', `/chats/${old.chatId}`);
  await ann.call('DELETE', `/chats/${fresh.chatId}`);
  const { $client } = chats.services.db;
  await $client.query(`UPDATE chats SET deleted_at = now() - interval '25 hours' WHERE id = $1`, [
    old.chatId,
  ]);
  expect(await purgeDeletedChats(chats.services)).toBe(1);
  const { rows } = await $client.query<{ chat_id: string; count: number }>(
    'SELECT chat_id, count(*)::int FROM messages WHERE chat_id = ANY($1) GROUP BY chat_id',
    [[old.chatId, fresh.chatId, kept.chatId]],
  );
  expect(Object.fromEntries(rows.map((row) => [row.chat_id, row.count]))).toEqual({
    [fresh.chatId]: 7,
    [kept.chatId]: 7,
  });
});

test('a message tells which of its siblings it is, and those beside the branch can be read', async () => {
  const { chatId, ids } = await growTree();
  const { body } = await ann.call('GET', `/chats/${chatId}/messages`);
  // biome-ignore lint/suspicious/noExplicitAny: an answer's messages
  expect(body.items.map(({ siblings }: any) => siblings)).toEqual([
    { index: 0, count: 2, ids: [ids.a, ids.r] },
    { index: 0, count: 1, ids: [ids.b] },
    { index: 0, count: 2, ids: [ids.c, ids.x] },
    { index: 0, count: 1, ids: [ids.d] },
  ]);
  const beside = await ann.call('GET', `/messages/${ids.x}`);
  expect(beside.body).toMatchObject({
    content: [{ type: 'text', text: 'x' }],
    siblings: { index: 1, count: 2, ids: [ids.c, ids.x] },
  });
  const stranger = await chats.newPerson();
  expect((await stranger.call('GET', `/messages/${ids.x}`)).status).toBe(404);
  expect((await ann.call('GET', `/messages/${randomUUID()}`)).status).toBe(404);
});
