/** Whatever is done to a tree, in whatever order: nothing is lost, what is shown is a path, and it ends in a living message. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, startChats } from './people.ts';
import { say } from './tree-people.ts';

let chats: Awaited<ReturnType<typeof startChats>>;
let ann: Person;
beforeAll(async () => {
  chats = await startChats(100_000);
  ann = await chats.newPerson();
});
afterAll(() => chats.close());

type Step = { kind: 'say' | 'edit' | 'delete' | 'restore' | 'goTo' | 'prefer'; at: number; other: number };
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('say', 'say', 'edit', 'delete', 'delete', 'restore', 'goTo', 'goTo', 'prefer'),
  at: fc.nat(50),
  other: fc.nat(50),
});
type Node = { id: string; parentId: string | null };

test('a tree never loses a message', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      const { body: chat } = await ann.call('POST', '/chats');
      const path = `/chats/${chat.id}`;
      const all = [await say(chats.services, chat.id, 'root', null)];
      /** Below what each was said. */
      const said = new Map<string, string | null>([[all[0]!, null]]);
      const deleted = new Set<string>();
      const some = (ids: readonly string[], at: number) => ids[at % Math.max(1, ids.length)];
      await ann.call('PATCH', path, { leafMessageId: all[0] });
      for (const { kind, at, other } of steps) {
        const living = all.filter((id) => !deleted.has(id));
        const id = some(kind === 'restore' ? [...deleted] : living, at);
        if (kind === 'say') {
          const made = await say(
            chats.services,
            chat.id,
            `${all.length}`,
            id ?? null,
            other % 2 ? 'user' : 'assistant',
          );
          all.push(made);
          said.set(made, id ?? null);
          if (other % 3 === 0) await ann.call('PATCH', path, { leafMessageId: made });
        }
        if (!id) continue;
        if (kind === 'edit') {
          const { status, body } = await ann.call('POST', `/messages/${id}/edit`, { content: 'edited' });
          expect([201, 400]).toContain(status);
          if (status !== 201) continue;
          all.push(body.id);
          said.set(body.id, body.parentId);
        }
        if (kind === 'delete') {
          expect((await ann.call('DELETE', `/messages/${id}`)).status).toBe(204);
          deleted.add(id);
        }
        if (kind === 'restore') {
          expect((await ann.call('POST', `/messages/${id}/restore`)).status).toBe(200);
          deleted.delete(id);
        }
        if (kind === 'goTo') expect((await ann.call('PATCH', path, { leafMessageId: id })).status).toBe(200);
        if (kind === 'prefer') {
          const over = [some(living, other)!];
          const { status } = await ann.call('POST', `/messages/${id}/prefer`, {
            over,
            chosen: null,
            verdict: 'tie',
          });
          expect([201, 400]).toContain(status);
        }
        await check(chat.id, all, deleted);
      }
      // All of them come back, whatever the order, and to where they were.
      for (const id of deleted) expect((await ann.call('POST', `/messages/${id}/restore`)).status).toBe(200);
      expect(await check(chat.id, all, new Set())).toEqual(said);
    }),
    { numRuns: 25 },
  );
});

async function check(chatId: string, all: readonly string[], deleted: ReadonlySet<string>) {
  const { nodes } = (await ann.call('GET', `/chats/${chatId}/tree`)).body as { nodes: Node[] };
  expect(nodes.map(({ id }) => id).toSorted()).toEqual(all.filter((id) => !deleted.has(id)).toSorted());
  const parents = new Map(nodes.map(({ id, parentId }) => [id, parentId]));
  for (const { parentId } of nodes) expect(parentId === null || parents.has(parentId)).toBe(true);
  const leaf = (await ann.call('GET', `/chats/${chatId}`)).body.leafMessageId as string | null;
  expect(leaf === null || parents.has(leaf)).toBe(true);
  const path: string[] = [];
  for (let at = leaf; at !== null; at = parents.get(at) ?? null) {
    // A circle would never end.
    expect(path).not.toContain(at);
    path.unshift(at);
  }
  const { items } = (await ann.call('GET', `/chats/${chatId}/messages?limit=200`)).body as { items: Node[] };
  expect(items.map(({ id }) => id)).toEqual(path);
  return parents;
}
