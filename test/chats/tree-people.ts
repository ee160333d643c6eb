/** Trees of messages for tests: said into the database, and looked at as their owner sees them. */
import { randomUUID } from 'node:crypto';
import type { Services } from '#platform/services.ts';
import type { Person } from './people.ts';

/** Adds a message with this text under `parentId`, as what its role says; its id. */
export async function say(
  { db }: Pick<Services, 'db'>,
  chatId: string,
  text: string,
  parentId: string | null,
  role: 'user' | 'assistant' = 'user',
): Promise<string> {
  const id = randomUUID();
  await db.$client.query(
    `INSERT INTO messages (id, chat_id, parent_id, role, content) VALUES ($1, $2, $3, $4, $5)`,
    [id, chatId, parentId, role, JSON.stringify([{ type: 'text', text }])],
  );
  return id;
}

/** A chat of messages named by letters: each of `shape` is written `child<parent`, or `child` for a beginning. The last one is shown. */
export async function grow(services: Pick<Services, 'db'>, person: Person, shape: string) {
  const { body: chat } = await person.call('POST', '/chats');
  const ids: Record<string, string> = {};
  let last = '';
  for (const [child = '', parent] of shape.split(' ').map((each) => each.split('<'))) {
    const role = child === child.toUpperCase() ? 'assistant' : 'user';
    ids[child] = await say(services, chat.id, child, parent ? ids[parent]! : null, role);
    last = child;
  }
  await person.call('PATCH', `/chats/${chat.id}`, { leafMessageId: ids[last] });
  return { chatId: chat.id as string, ids };
}

/** The letters of the shown branch. */
export async function shown(person: Person, chatId: string): Promise<string> {
  const { body } = await person.call('GET', `/chats/${chatId}/messages?limit=200`);
  return body.items.map((message: { content: { text: string }[] }) => message.content[0]?.text).join('');
}

/** The whole tree, each message written `child<parent`, oldest first. */
export async function treeOf(person: Person, chatId: string): Promise<string> {
  const { body } = await person.call('GET', `/chats/${chatId}/tree`);
  const names = new Map(body.nodes.map((node: { id: string; preview: string }) => [node.id, node.preview]));
  return body.nodes
    .map(({ preview, parentId }: { preview: string; parentId: string | null }) =>
      parentId ? `${preview}<${names.get(parentId)}` : preview,
    )
    .join(' ');
}
