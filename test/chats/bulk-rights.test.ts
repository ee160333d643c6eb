/** One action on many chats of a project: what each may do, and take back. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Chat } from '#features/chats/chats.ts';
import { signUp } from '../harness/accounts.ts';
import { startTestParley, type TestParley } from '../harness/parley.ts';
import { ask, make, makeChat, put } from '../projects/people.ts';
import { bulk, look, undo } from './order-people.ts';

let parley: TestParley;
beforeAll(async () => {
  parley = await startTestParley();
});
afterAll(() => parley.close());

const newPerson = () => signUp(parley.url);
const ids = (chats: readonly Chat[]) => chats.map(({ id }) => id);

describe('in a project', () => {
  test('each does what their role lets them do with each chat, and the rest is passed over', async () => {
    const [owner, author, editor, viewer, former, stranger] = await Promise.all(
      Array.from({ length: 6 }, newPerson),
    );
    const project = await make(owner!);
    for (const [person, role] of [
      [author, 'editor'],
      [editor, 'editor'],
      [viewer, 'viewer'],
      [former, 'editor'],
    ] as const)
      await put(owner!, project, person!, role);
    await ask(owner!, 'DELETE', `/projects/${project.id}/members/${former!.userId}`);
    const make3 = async () => [
      await makeChat(author!, { projectId: project.id, title: 'shared' }),
      await makeChat(author!, { projectId: project.id, title: 'private', visibility: 'private' }),
      await makeChat(author!, { title: 'elsewhere' }),
    ];
    const found: Record<string, Record<string, number>> = {};
    for (const [name, person] of Object.entries({ owner, author, editor, viewer, former, stranger })) {
      found[name] = {};
      for (const action of ['archive', 'tag', 'pin', 'move', 'delete']) {
        const chats = await make3();
        const body = { ids: ids(chats), action, tag: 't', ...(action === 'move' && { projectId: null }) };
        const done = await bulk(person!, body);
        found[name][action] = done.body.count;
        if (name === 'owner' || name === 'author') {
          await undo(person!, done.body.undo);
          expect([name, action, await look(author!, chats)]).toEqual([
            name,
            action,
            chats.map((chat) => ({ ...chat, updatedAt: expect.any(String) })),
          ]);
        }
        await bulk(author!, { ids: ids(chats), action: 'delete' });
      }
    }
    const none = { archive: 0, tag: 0, pin: 0, move: 0, delete: 0 };
    expect(found).toEqual({
      owner: { archive: 1, tag: 1, pin: 0, move: 1, delete: 1 },
      author: { archive: 3, tag: 3, pin: 3, move: 2, delete: 3 },
      editor: { archive: 1, tag: 1, pin: 0, move: 0, delete: 0 },
      viewer: none,
      former: none,
      stranger: none,
    });
  });

  test('a filter with a project takes others’ shared chats there, and nobody’s private ones', async () => {
    const [owner, author] = [await newPerson(), await newPerson()];
    const project = await make(owner);
    await put(owner, project, author, 'editor');
    await makeChat(author, { projectId: project.id });
    const own = await makeChat(author, { projectId: project.id, visibility: 'private' });
    expect((await bulk(owner, { filter: { projectId: project.id }, action: 'archive' })).body.count).toBe(1);
    expect((await look(author, [own]))[0]!.archived).toBe(false);
  });

  test('whoever has lost their right takes nothing back; what an author said alone is not brought into the room again', async () => {
    const [owner, author, editor] = [await newPerson(), await newPerson(), await newPerson()];
    const project = await make(owner);
    await put(owner, project, author, 'editor');
    await put(owner, project, editor, 'editor');
    const [one, two] = [
      await makeChat(author, { projectId: project.id }),
      await makeChat(author, { projectId: project.id }),
    ];
    const archived = await bulk(editor, { ids: ids([one, two]), action: 'archive' });
    await ask(owner, 'DELETE', `/projects/${project.id}/members/${editor.userId}`);
    expect((await undo(editor, archived.body.undo)).body.count).toBe(0);
    expect((await look(author, [one, two])).map((chat) => chat?.archived)).toEqual([true, true]);

    const moved = await bulk(owner, { ids: ids([one, two]), action: 'move', projectId: null });
    expect(moved.body.count).toBe(2);
    await ask(author, 'PATCH', `/chats/${two.id}`, { description: 'For me alone' });
    expect((await undo(owner, moved.body.undo)).body.count).toBe(1);
    expect((await look(owner, [one, two])).map((chat) => chat?.id)).toEqual([one.id, undefined]);
  });

  test('a chat does not go back to a project that is gone by now', async () => {
    const owner = await newPerson();
    const project = await make(owner);
    const chat = await makeChat(owner, { projectId: project.id });
    const { body } = await bulk(owner, { ids: [chat.id], action: 'move', projectId: null });
    await ask(owner, 'DELETE', `/projects/${project.id}`);
    expect((await undo(owner, body.undo)).body.count).toBe(0);
    expect((await look(owner, [chat]))[0]!.projectId).toBeNull();
  });
});
