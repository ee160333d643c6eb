import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recountStorage } from '#features/accounts/server/index.ts';
import { type Person, startChats } from './people.ts';
import { grow, say, shown, treeOf } from './tree-people.ts';

let chats: Awaited<ReturnType<typeof startChats>>;
let ann: Person;
let ben: Person;
beforeAll(async () => {
  chats = await startChats();
  [ann, ben] = [await chats.newPerson(), await chats.newPerson()];
});
afterAll(() => chats.close());

const remove = (id: string, person = ann) => person.call('DELETE', `/messages/${id}`);

const goTo = (chatId: string, leafMessageId: string) =>
  ann.call('PATCH', `/chats/${chatId}`, { leafMessageId });
const sql = async (text: string, values: unknown[] = []) =>
  (await chats.services.db.$client.query(text, values)).rows;

describe('going to another branch', () => {
  test('leads to what was seen last below it, on the way there and back', async () => {
    const { chatId, ids } = await grow(chats.services, ann, 'a B<a c<B D<c x<B Y<x Z<x E<a');
    expect(await shown(ann, chatId)).toBe('aE');
    await goTo(chatId, ids.B!);
    // Never seen: the newest below each.
    expect(await shown(ann, chatId)).toBe('aBxZ');
    await goTo(chatId, ids.c!);
    expect(await shown(ann, chatId)).toBe('aBcD');
    await goTo(chatId, ids.E!);
    await goTo(chatId, ids.B!);
    expect(await shown(ann, chatId)).toBe('aBcD');
    await goTo(chatId, ids.x!);
    await goTo(chatId, ids.Y!);
    await goTo(chatId, ids.c!);
    await goTo(chatId, ids.x!);
    expect(await shown(ann, chatId)).toBe('aBxY');
  });

  test('to a message of the shown branch ends it there', async () => {
    const { chatId, ids } = await grow(chats.services, ann, 'a B<a c<B D<c');
    await goTo(chatId, ids.B!);
    expect(await shown(ann, chatId)).toBe('aB');
  });

  test('between beginnings works alike, and remembers a way that was never chosen but led to', async () => {
    const { chatId, ids } = await grow(chats.services, ann, 'a B<a C<a r S<r');
    await goTo(chatId, ids.a!);
    expect(await shown(ann, chatId)).toBe('aC');
    await goTo(chatId, ids.B!);
    // Said under the other one, whose branch is shown by that.
    const under = await say(chats.services, chatId, 'u', ids.C!);
    await sql('UPDATE chats SET leaf_message_id = $2 WHERE id = $1', [chatId, under]);
    await goTo(chatId, ids.r!);
    expect(await shown(ann, chatId)).toBe('rS');
    await goTo(chatId, ids.a!);
    expect(await shown(ann, chatId)).toBe('aCu');
  });

  test('passes over what was deleted, and shows in its place what it showed', async () => {
    const { chatId, ids } = await grow(chats.services, ann, 'a B<a c<B D<c d<B E<a');
    await goTo(chatId, ids.D!);
    await goTo(chatId, ids.E!);
    await remove(ids.c!);
    await goTo(chatId, ids.B!);
    expect(await shown(ann, chatId)).toBe('aBd');
    await goTo(chatId, ids.D!);
    await goTo(chatId, ids.E!);
    await remove(ids.B!);
    await goTo(chatId, ids.D!);
    expect(await shown(ann, chatId)).toBe('aD');
  });

  test('of another chat is refused', async () => {
    const [one, two] = [await grow(chats.services, ann, 'a B<a'), await grow(chats.services, ann, 'a B<a')];
    expect((await goTo(one.chatId, two.ids.B!)).status).toBe(400);
  });
});

describe('a fork', () => {
  test('is a chat of its own with a copy of the branch up to there', async () => {
    const { chatId, ids } = await grow(chats.services, ann, 'a B<a x<B c<B D<c e<D');
    await ann.call('PATCH', `/messages/${ids.B}`, { excluded: true, metadata: { n: 1 } });
    await ann.call('PATCH', `/chats/${chatId}`, { title: 'Deep', tags: ['t'] });
    await remove(ids.c!);
    const fork = await ann.call('POST', `/messages/${ids.D}/fork`);
    expect(fork.status).toBe(201);
    expect(fork.body).toMatchObject({
      title: 'Deep',
      metadata: { forkedFrom: { chatId, messageId: ids.D } },
    });
    expect(await treeOf(ann, fork.body.id)).toBe('a B<a D<B');
    expect(await shown(ann, fork.body.id)).toBe('aBD');
    const { body } = await ann.call('GET', `/chats/${fork.body.id}/messages`);
    expect(body.items[1]).toMatchObject({ excluded: true, metadata: { n: 1 }, chatId: fork.body.id });
    const original = new Set(Object.values(ids));
    expect(body.items.some(({ id }: { id: string }) => original.has(id))).toBe(false);
    expect(await treeOf(ann, chatId)).toBe('a B<a x<B D<B e<D');
    expect((await ann.call('POST', `/messages/${ids.a}/fork`, { title: 'Mine' })).body.title).toBe('Mine');
    expect((await ben.call('POST', `/messages/${ids.a}/fork`)).status).toBe(404);
  });

  test('of 10,000 messages takes well under a second, and is counted', async () => {
    const { body: chat } = await ann.call('POST', '/chats');
    await sql(
      `INSERT INTO messages (id, chat_id, parent_id, role, content)
       SELECT ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, $1,
         CASE WHEN n > 1 THEN ('00000000-0000-4000-8000-' || lpad((n - 1)::text, 12, '0'))::uuid END,
         CASE WHEN n % 2 = 0 THEN 'assistant' ELSE 'user' END, '[{"type": "text", "text": "Word after word."}]'
       FROM generate_series(1, 10000) n`,
      [chat.id],
    );
    const leaf = '00000000-0000-4000-8000-000000010000';
    await recountStorage(chats.services);
    const startedAt = performance.now();
    const fork = await ann.call('POST', `/messages/${leaf}/fork`);
    expect(performance.now() - startedAt).toBeLessThan(2000);
    expect((await ann.call('GET', `/chats/${fork.body.id}/tree`)).body.nodes).toHaveLength(10_000);
    const count = async () =>
      (await sql('SELECT bytes FROM storage WHERE owner_id = $1', [ann.userId]))[0]!.bytes as number;
    const counted = await count();
    await recountStorage(chats.services);
    expect(await count()).toBe(counted);
  });

  test('counts towards how many chats one may have, and leaves nothing behind when there is no room', async () => {
    const few = await startChats(1);
    try {
      const person = await few.newPerson();
      const { ids } = await grow(few.services, person, 'a B<a');
      const refused = await person.call('POST', `/messages/${ids.B}/fork`);
      expect([refused.status, refused.body.error.code]).toEqual([403, 'chat_limit']);
      const { rows } = await few.services.db.$client.query('SELECT FROM messages');
      expect(rows).toHaveLength(2);
    } finally {
      await few.close();
    }
  });
});
