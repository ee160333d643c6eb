/** Deleting one message and bringing it back, and the overview of all of them. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recountStorage } from '#features/accounts/server/index.ts';
import { purgeDeletedMessages } from '#features/chats/server/index.ts';
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

const leafOf = async (chatId: string) => (await ann.call('GET', `/chats/${chatId}`)).body.leafMessageId;
const remove = (id: string, person = ann) => person.call('DELETE', `/messages/${id}`);
const restore = (id: string, person = ann) => person.call('POST', `/messages/${id}/restore`);
const goTo = (chatId: string, leafMessageId: string) =>
  ann.call('PATCH', `/chats/${chatId}`, { leafMessageId });
const sql = async (text: string, values: unknown[] = []) =>
  (await chats.services.db.$client.query(text, values)).rows;

describe('deleting one message', () => {
  test('leaves what follows it, under its parent, and restoring brings that back under it', async () => {
    const { chatId, ids } = await grow(chats.services, ann, 'a B<a c<B D<c x<B Y<x d<D');
    expect((await remove(ids.c!)).status).toBe(204);
    expect(await treeOf(ann, chatId)).toBe('a B<a D<B x<B Y<x d<D');
    expect(await shown(ann, chatId)).toBe('aBDd');
    expect((await ann.call('GET', `/messages/${ids.c}`)).status).toBe(404);
    expect((await ann.call('GET', `/messages/${ids.D}`)).body.siblings.ids).toEqual([ids.D, ids.x]);
    const back = await restore(ids.c!);
    expect([back.status, back.body.id, back.body.siblings.ids]).toEqual([200, ids.c, [ids.c, ids.x]]);
    expect(await treeOf(ann, chatId)).toBe('a B<a c<B D<c x<B Y<x d<D');
    expect(await shown(ann, chatId)).toBe('aBcDd');
  });

  test('of a beginning makes its children beginnings; of the leaf makes its parent the leaf, and null that of the last', async () => {
    const { chatId, ids } = await grow(chats.services, ann, 'a B<a c<B');
    await remove(ids.a!);
    expect(await treeOf(ann, chatId)).toBe('B c<B');
    await remove(ids.c!);
    expect(await leafOf(chatId)).toBe(ids.B);
    await remove(ids.B!);
    expect([await leafOf(chatId), await shown(ann, chatId)]).toEqual([null, '']);
    // In any order: each comes back where it was.
    for (const id of [ids.c, ids.a, ids.B]) expect((await restore(id!)).status).toBe(200);
    expect(await treeOf(ann, chatId)).toBe('a B<a c<B');
  });

  test('of the leaf is undone as the leaf, unless something was said or shown since', async () => {
    const { chatId, ids } = await grow(chats.services, ann, 'a B<a c<B');
    await remove(ids.c!);
    await restore(ids.c!);
    expect(await leafOf(chatId)).toBe(ids.c);
    await remove(ids.c!);
    const later = await say(chats.services, chatId, 'l', ids.B!);
    await goTo(chatId, later);
    await restore(ids.c!);
    expect(await shown(ann, chatId)).toBe('aBl');
  });

  test('twice is 404, as it is for strangers, who cannot restore it either; an id that was used stays used', async () => {
    const { chatId, ids } = await grow(chats.services, ann, 'a B<a');
    expect((await remove(ids.a!, ben)).status).toBe(404);
    await remove(ids.a!);
    expect((await remove(ids.a!)).status).toBe(404);
    expect((await restore(ids.a!, ben)).status).toBe(404);
    expect((await restore(randomUUID())).status).toBe(404);
    for (const [method, path, body] of [
      ['PATCH', `/messages/${ids.a}`, { excluded: true }],
      ['POST', `/messages/${ids.a}/fork`, {}],
      ['POST', `/messages/${ids.a}/replies`, {}],
      ['POST', `/messages/${ids.a}/prefer`, { chosen: ids.B, over: [ids.B], verdict: 'tie' }],
    ] as const)
      expect([path, (await ann.call(method, path, body)).status]).toEqual([path, 404]);
    const moved = await goTo(chatId, ids.a!);
    expect([moved.status, moved.body.error.field]).toEqual([400, 'leafMessageId']);
    const { rows } = await chats.services.db.$client.query('SELECT id FROM messages WHERE id = $1', [ids.a]);
    expect(rows).toHaveLength(1);
  });

  test('for good, a day later, gives the room back and takes nothing else along', async () => {
    const { chatId, ids } = await grow(chats.services, ann, 'a B<a c<B D<c');
    const counted = async () => {
      await recountStorage(chats.services);
      const [row] = await sql('SELECT bytes FROM storage WHERE owner_id = $1', [ann.userId]);
      return row!.bytes as number;
    };
    const before = await counted();
    await remove(ids.B!);
    await remove(ids.c!);
    expect(await purgeDeletedMessages(chats.services)).toBe(0);
    await sql(`UPDATE messages SET deleted_at = now() - interval '25 hours' WHERE id = ANY($1)`, [
      [ids.B, ids.c],
    ]);
    expect((await restore(ids.c!)).status).toBe(404);
    expect(await purgeDeletedMessages(chats.services)).toBe(2);
    const [{ bytes: after }] = (await sql('SELECT bytes FROM storage WHERE owner_id = $1', [ann.userId])) as [
      { bytes: number },
    ];
    expect(after).toBeLessThan(before - 500);
    expect(await counted()).toBe(after);
    expect(await treeOf(ann, chatId)).toBe('a D<a');
  });
});

test('the overview has every living message, with how it begins and how it stands', async () => {
  const { chatId, ids } = await grow(chats.services, ann, 'a B<a');
  const long = `  Two\n\nlines ${'and more '.repeat(40)}`;
  const odd = await say(chats.services, chatId, long, ids.B!);
  await sql(`UPDATE messages SET ending = '{"state": "failed"}' WHERE id = $1`, [ids.B]);
  const { body } = await ann.call('GET', `/chats/${chatId}/tree`);
  expect(body.nodes).toEqual([
    { id: ids.a, parentId: null, role: 'user', preview: 'a', createdAt: expect.any(String), state: null },
    {
      id: ids.B,
      parentId: ids.a,
      role: 'assistant',
      preview: 'B',
      createdAt: expect.any(String),
      state: 'failed',
    },
    {
      id: odd,
      parentId: ids.B,
      role: 'user',
      preview: expect.any(String),
      createdAt: expect.any(String),
      state: null,
    },
  ]);
  expect(body.nodes[2].preview).toMatch(/^Two lines and more/);
  expect(body.nodes[2].preview.length).toBeLessThanOrEqual(80);
  expect((await ben.call('GET', `/chats/${chatId}/tree`)).status).toBe(404);
});

test('the overview puts one blank for all white space that is no single blank, wherever a text has it', async () => {
  const { chatId, ids } = await grow(chats.services, ann, 'a');
  const said = [
    'plain words stay',
    '\n\t lines \r\n\r\n and\ttabs \v\f end \n',
    'wide\u3000and\u00a0hard\u2003\u2028blanks\ufeff',
    'two  blanks   three',
    'слова\nдругого письма  и языка',
    'a\nb\nc\n',
    ' \n ',
  ];
  for (const text of said) await say(chats.services, chatId, text, ids.a!);
  const { body } = await ann.call('GET', `/chats/${chatId}/tree`);
  const previews = body.nodes.slice(1).map(({ preview }: { preview: string }) => preview);
  expect(previews).toEqual(said.map((text) => text.replace(/\s+/g, ' ').trim()));
});
