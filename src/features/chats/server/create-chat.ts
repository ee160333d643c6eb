import { bytesOfChat, growStorage } from '#features/accounts/server/index.ts';
import { inOrder, type Queryable } from '#platform/database/database.ts';
import { camelRow } from '#platform/database/rows.ts';
import { AppError } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import type { NewChat } from '../chats.ts';
import { assertRoomForChat, assertRoomToKeep, countChats, lockChatCount } from './chat-limit.ts';
import { type Place, placeFor } from './place-for.ts';
import type { ChatRow } from './present-chat.ts';
import { say } from './say.ts';
import { assertMade } from './settings/assert-made.ts';
import { assertTemporary } from './temporary.ts';

/**
 * Makes a chat and counts it, as `createChat` does; 403 `storage_limit` when there is no room for what is written about it,
 * and `chat_limit` when too many are kept.
 */
export async function addChat(
  tx: Queryable,
  services: Pick<Services, 'config'>,
  asker: Principal,
  input: NewChat,
): Promise<{ chat: ChatRow; created: boolean }> {
  const { chat, created, limit } = await createChat(tx, services, asker, input);
  if (created) assertRoomToKeep(await growStorage(tx, asker, { bytes: bytesOfChat(chat), chats: 1 }), limit);
  return { chat, created };
}

/**
 * Makes a chat, or finds the one this user already made under the same id (`created` false, nothing changed).
 * 400 for an unknown project, 403 for one in which they may only read, 403 `chat_limit` when the user has no room for it; 409 for an id that is taken otherwise, whoever has it.
 * Call it inside a transaction: it locks the user's row to its end. Whoever calls it counts the chat, last of all they do,
 * and by `limit` whether it is one too many to keep.
 */
export async function createChat(
  tx: Queryable,
  services: Pick<Services, 'config'>,
  asker: Principal,
  input: NewChat,
): Promise<{ chat: ChatRow; created: boolean; limit: number }> {
  const { userId } = asker;
  const [limit, known] = await inOrder(
    lockChatCount(tx, services, userId),
    input.id ? findChat(tx, input.id) : Promise.resolve(null),
  );
  if (known) {
    if (known.userId !== userId || known.deletedAt) throw idTaken();
    return { chat: known, created: false, limit };
  }
  assertTemporary(input, input.temporary ?? false);
  const place = await placeFor(tx, asker, input);
  await assertMade(tx, asker, place, input);
  const made = await insertChat(tx, userId, { ...input, ...place });
  // Another user took the id since we looked; our lock only holds back this user.
  if (!made) throw idTaken();
  const { kept, ...chat } = made;
  // Who keeps fewer chats than may be active has room, and nothing needs to be counted.
  // A temporary one is none of the active ones.
  if (kept >= limit && !chat.temporary) assertRoomForChat((await countChats(tx, userId)) - 1, limit);
  return { chat, created: true, limit };
}

async function findChat(tx: Queryable, id: string): Promise<ChatRow | null> {
  const { rows } = await tx.query({
    name: 'find-chat',
    text: 'SELECT * FROM chats WHERE id = $1',
    values: [id],
  });
  return rows[0] ? camelRow(rows[0]) : null;
}

/** The chat, and how many of any kind its user kept before; null when the id is taken. */
async function insertChat(
  tx: Queryable,
  userId: string,
  input: NewChat & Place,
): Promise<(ChatRow & { kept: number }) | null> {
  const { id, projectId, visibility, title, tags, description, metadata, agentId, settings } = input;
  const { rows } = await tx.query({
    name: 'insert-chat',
    text: `INSERT INTO chats (id, user_id, project_id, visibility, title, tags, description, metadata, agent_id, settings, pinned,
             temporary)
           VALUES ($1, $2, $3, $8, coalesce($4, ''), coalesce($5, '{}'::text[]), coalesce($6, ''),
             coalesce($7, '{}'::jsonb), $9, coalesce($10, '{}'::jsonb), coalesce($11, false),
              coalesce($12, false))
           ON CONFLICT DO NOTHING
           RETURNING *, coalesce((SELECT chats FROM storage WHERE owner_id = $2), 0) AS kept`,
    values: [
      id ?? newId(),
      userId,
      projectId,
      title,
      tags,
      description,
      metadata && JSON.stringify(metadata),
      visibility,
      agentId,
      settings && JSON.stringify(settings),
      input.pinned,
      input.temporary,
    ],
  });
  return rows[0] ? camelRow(rows[0]) : null;
}

const idTaken = () => new AppError('conflict', say('chat_id_taken'));
