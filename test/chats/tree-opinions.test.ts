/** What people change about a message, and what they think of it. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recountStorage } from '#features/accounts/server/index.ts';
import { purgeDeletedMessages } from '#features/chats/server/index.ts';
import { type Person, startChats } from './people.ts';
import { grow, shown, treeOf } from './tree-people.ts';

let chats: Awaited<ReturnType<typeof startChats>>;
let ann: Person;
let ben: Person;
beforeAll(async () => {
  chats = await startChats();
  [ann, ben] = [await chats.newPerson(), await chats.newPerson()];
});
afterAll(() => chats.close());

const remove = (id: string, person = ann) => person.call('DELETE', `/messages/${id}`);

const sql = async (text: string, values: unknown[] = []) =>
  (await chats.services.db.$client.query(text, values)).rows;

describe('a message that is changed', () => {
  test('is left out and taken in again, and keeps what its person notes, which counts', async () => {
    const { ids } = await grow(chats.services, ann, 'a B<a');
    const patch = (body: object, person = ann) => person.call('PATCH', `/messages/${ids.a}`, body);
    expect((await patch({ excluded: true })).body).toMatchObject({ id: ids.a, excluded: true, metadata: {} });
    expect((await patch({ metadata: { mark: 'é' } })).body).toMatchObject({
      excluded: true,
      metadata: { mark: 'é' },
    });
    expect((await patch({ excluded: false })).body).toMatchObject({
      excluded: false,
      metadata: { mark: 'é' },
    });
    expect((await patch({ excluded: true }, ben)).status).toBe(404);
    expect((await patch({ excluded: 'yes' })).status).toBe(400);
    await recountStorage(chats.services);
    const bytes = async () =>
      (await sql('SELECT bytes FROM storage WHERE owner_id = $1', [ann.userId]))[0]!.bytes as number;
    const before = await bytes();
    await patch({ metadata: { mark: 'é'.repeat(101) } });
    expect((await bytes()) - before).toBe(200);
    await recountStorage(chats.services);
    expect((await bytes()) - before).toBe(200);
  });

  test('by rewriting a reply stands beside it, as the leaf', async () => {
    const { chatId, ids } = await grow(chats.services, ann, 'a B<a c<B');
    const edited = await ann.call('POST', `/messages/${ids.B}/edit`, { content: 'b' });
    expect(edited.status).toBe(201);
    expect(edited.body).toMatchObject({
      parentId: ids.a,
      role: 'assistant',
      content: [{ type: 'text', text: 'b' }],
      source: 'human_edit',
      editedFrom: ids.B,
      generationId: null,
      ending: null,
      siblings: { index: 1, count: 2, ids: [ids.B, edited.body.id] },
    });
    expect(await shown(ann, chatId)).toBe('ab');
    for (const [id, content, status, field] of [
      [ids.B, ' ', 400, 'content'],
      [ids.B, 'x'.repeat(2 ** 20 + 1), 413, 'content'],
      [randomUUID(), 'x', 404, undefined],
    ] as const) {
      const refused = await ann.call('POST', `/messages/${id}/edit`, { content });
      expect([refused.status, refused.body.error.field]).toEqual([status, field]);
    }
    expect((await ben.call('POST', `/messages/${ids.B}/edit`, { content: 'x' })).status).toBe(404);
    expect(await treeOf(ann, chatId)).toBe('a B<a c<B b<a');
  });

  test('by rewriting what somebody asked it stands beside it, unanswered, and is answered when that is asked for', async () => {
    const { chatId, ids } = await grow(chats.services, ann, 'a B<a c<B D<c');
    const id = randomUUID();
    const edit = (body: object, person = ann, of = ids.c!) =>
      person.call('POST', `/messages/${of}/edit`, { id, ...body });
    expect((await edit({ content: 'x' }, ben)).status).toBe(404);
    const edited = await edit({ content: 'x' });
    expect(edited.status).toBe(201);
    expect(edited.body).toMatchObject({
      id,
      parentId: ids.B,
      role: 'user',
      content: [{ type: 'text', text: 'x' }],
      authorId: ann.userId,
      source: 'human',
      editedFrom: ids.c,
      siblings: { index: 1, count: 2, ids: [ids.c, id] },
    });
    expect(await shown(ann, chatId)).toBe('aBx');
    expect((await ann.call('GET', `/chats/${chatId}`)).body.leafMessageId).toBe(id);
    const queued = await sql('SELECT 1 FROM generations WHERE chat_id = $1', [chatId]);
    expect(queued).toHaveLength(0);
    const answered = await ann.call('POST', `/messages/${id}/replies`, {});
    expect([answered.status, answered.body.reply.parentId]).toEqual([202, id]);
  });

  test('by rewriting once more under the same id nothing is made twice, and nothing else under it', async () => {
    const { chatId, ids } = await grow(chats.services, ann, 'a B<a');
    const other = await grow(chats.services, ann, 'q');
    const id = randomUUID();
    const edit = (of: string, content: string) => ann.call('POST', `/messages/${of}/edit`, { id, content });
    const both = await Promise.all([edit(ids.a!, 'x'), edit(ids.a!, 'x')]);
    expect(both.map(({ status, body }) => [status, body.id])).toEqual([
      [201, id],
      [201, id],
    ]);
    await ann.call('PATCH', `/chats/${chatId}`, { leafMessageId: ids.B });
    // A repeat that comes late does not turn the page back to it.
    expect((await edit(ids.a!, 'x')).status).toBe(201);
    expect(await shown(ann, chatId)).toBe('aB');
    expect(await treeOf(ann, chatId)).toBe('a B<a x');
    for (const [of, content] of [
      [ids.a, 'y'],
      [ids.B, 'x'],
      [other.ids.q, 'x'],
    ] as const) {
      const refused = await edit(of!, content);
      expect([refused.status, refused.body.error.field]).toEqual([409, 'id']);
    }
    const [system] = await sql(
      `INSERT INTO messages (id, chat_id, role, content) VALUES ($1, $2, 'system', '[]') RETURNING id`,
      [randomUUID(), chatId],
    );
    const refused = await ann.call('POST', `/messages/${system!.id}/edit`, { content: 'x' });
    expect([refused.status, refused.body.error.field]).toEqual([400, 'messageId']);
  });
});

describe('what somebody thinks of replies', () => {
  test('is theirs alone, is shown with the message, and can be changed and taken back', async () => {
    const { chatId, ids } = await grow(chats.services, ann, 'a B<a');
    const rate = (body: object, id = ids.B!, person = ann) =>
      person.call('PUT', `/messages/${id}/rating`, body);
    const shownRating = async () => (await ann.call('GET', `/chats/${chatId}/messages`)).body.items[1].rating;
    const given = { value: -1, tags: ['wrong'], comment: 'Not so.' };
    expect((await rate(given)).body).toEqual({ ...given, updatedAt: expect.any(String) });
    expect(await shownRating()).toMatchObject(given);
    expect((await rate({ value: 1 })).body).toMatchObject({ value: 1, tags: [], comment: '' });
    expect((await ann.call('GET', `/messages/${ids.B}`)).body.rating).toMatchObject({ value: 1 });
    expect((await rate({ value: null, comment: 'Hm.' })).status).toBe(200);
    expect(await shownRating()).toMatchObject({ value: null, comment: 'Hm.' });
    expect((await rate({ value: null })).body.value).toBeNull();
    expect(await shownRating()).toBeNull();
    expect((await rate({ value: 1 }, ids.B, ben)).status).toBe(404);
    expect((await rate({ value: 1 }, ids.a)).status).toBe(400);
    expect((await rate({ value: 2 })).status).toBe(400);
    expect((await rate({ value: 1, comment: 'x'.repeat(4001) })).body.error.field).toBe('comment');
  });

  test('in comparison is kept, and the chat goes on with the chosen one', async () => {
    const { chatId, ids } = await grow(chats.services, ann, 'a B<a C<a c<B D<a');
    const other = await grow(chats.services, ann, 'a B<a');
    const prefer = (body: object, person = ann) => person.call('POST', `/messages/${ids.a}/prefer`, body);
    const made = await prefer({ chosen: ids.B, over: [ids.C, ids.D], verdict: 'better', reason: 'Shorter.' });
    expect(made.status).toBe(201);
    expect(made.body).toEqual({
      id: expect.any(String),
      chatId,
      userMessageId: ids.a,
      chosen: ids.B,
      over: [ids.C, ids.D],
      verdict: 'better',
      reason: 'Shorter.',
      createdAt: expect.any(String),
    });
    expect(await shown(ann, chatId)).toBe('aBc');
    // What is shown already stays as it is, with what follows it.
    expect((await prefer({ chosen: ids.B, over: [ids.C], verdict: 'tie' })).status).toBe(201);
    expect(await shown(ann, chatId)).toBe('aBc');
    expect((await prefer({ over: [ids.B, ids.C], verdict: 'both_bad' })).body.chosen).toBeNull();
    for (const [body, field] of [
      [{ over: [ids.B], verdict: 'better' }, 'chosen'],
      [{ chosen: ids.c, over: [ids.B], verdict: 'better' }, 'chosen'],
      [{ chosen: other.ids.B, over: [ids.B], verdict: 'better' }, 'chosen'],
      [{ chosen: ids.B, over: [other.ids.B], verdict: 'better' }, 'over'],
      [{ chosen: ids.B, over: [ids.B], verdict: 'better' }, 'over'],
      [{ chosen: ids.B, over: [ids.C, ids.C], verdict: 'better' }, 'over'],
      [{ chosen: ids.B, over: [], verdict: 'better' }, 'over'],
      [{ chosen: ids.B, over: [ids.C], verdict: 'best' }, 'verdict'],
    ] as const) {
      const refused = await prefer(body);
      expect([body, refused.status, refused.body.error?.field]).toEqual([body, 400, field]);
    }
    expect((await prefer({ chosen: ids.B, over: [ids.C], verdict: 'better' }, ben)).status).toBe(404);
    expect(
      (await ann.call('POST', `/messages/${ids.B}/prefer`, { over: [ids.c], verdict: 'tie' })).status,
    ).toBe(400);
    expect(await sql('SELECT FROM preferences WHERE chat_id = $1', [chatId])).toHaveLength(3);
    await ann.call('PUT', `/messages/${ids.B}/rating`, { value: 1 });
    await remove(ids.B!);
    await sql(`UPDATE messages SET deleted_at = 'epoch' WHERE id = $1`, [ids.B]);
    await purgeDeletedMessages(chats.services);
    expect(await sql('SELECT chosen FROM preferences WHERE chat_id = $1', [chatId])).toEqual([
      { chosen: null },
    ]);
    expect(await sql('SELECT FROM ratings WHERE message_id = $1', [ids.B])).toEqual([]);
  });
});
