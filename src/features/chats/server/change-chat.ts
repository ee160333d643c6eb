import { eq, sql } from 'drizzle-orm';
import { bytesOfChat, growStorage } from '#features/accounts/server/index.ts';
import { assertMessageOf, chooseBranch } from '#features/messages/server/index.ts';
import { inTransaction, type Tx, typed } from '#platform/database/database.ts';
import type { Principal, Right } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import type { ChatPatch } from '../chats.ts';
import { chatFor, lockChat } from './access.ts';
import { assertRoomForChat, countChats, lockChatCount } from './chat-limit.ts';
import { placeFor } from './place-for.ts';
import type { ChatRow } from './present-chat.ts';
import { publishChat, publishMovedChat } from './publish-chat.ts';
import { chats } from './tables.ts';

/**
 * Changes what `change` names of a chat and tells everybody who may read it. Its place in the list stays.
 * Moving it and making it private need more than changing it. 403 `chat_limit` when it comes back from the archive and there is
 * no room, `storage_limit` when there is none for what is written; 400 for a leaf of another chat and for an unknown project. A
 * message beside the shown branch is gone to with what was seen last below it.
 */
export async function changeChat(
  services: Services,
  asker: Principal,
  chatId: string,
  change: ChatPatch,
): Promise<ChatRow> {
  const { before, chat } = await inTransaction(services.db, async (client) => {
    const tx = typed(client);
    const seen = await chatFor(client, asker, chatId, rightFor(change, null));
    // Always the user, whose chats are counted, before the project and the chat, so that two changes never wait for each other.
    const limit = change.archived === undefined ? 0 : await lockChatCount(client, services, seen.userId);
    const place = await newPlace(client, asker, seen, change);
    const known = await lockChat(client, asker, chatId, rightFor(change, seen), {
      strength: 'no key update',
    });
    if (known.archived && change.archived === false)
      assertRoomForChat(await countChats(client, known.userId), limit);
    const { leafMessageId: to } = change;
    if (to) await assertMessageOf(client, chatId, to, 'leafMessageId');
    const leaf = to && ((await chooseBranch(client, to, known.leafMessageId)) ?? to);
    const [changed] = await tx
      .update(chats)
      .set({
        ...change,
        ...place,
        ...(leaf && { leafMessageId: leaf }),
        updatedAt: sql`greatest(updated_at, now())`,
      })
      .where(eq(chats.id, chatId))
      .returning();
    const payer = known.userId === asker.userId ? asker : { userId: known.userId, role: 'member' as const };
    await growStorage(client, payer, { bytes: bytesOfChat(changed!) - bytesOfChat(known) });
    return { before: known, chat: changed! };
  });
  if (place(before) === place(chat)) publishChat(services, chat);
  else publishMovedChat(services, before, chat);
  return chat;
}

const place = ({ projectId, visibility }: Pick<ChatRow, 'projectId' | 'visibility'>): string =>
  `${projectId} ${visibility}`;

/** Whether it is to move; before the chat is known, whatever names a place may be a move. */
function moves(change: ChatPatch, chat: ChatRow | null): boolean {
  const { projectId = chat?.projectId, visibility = chat?.visibility } = change;
  return chat !== null && (projectId !== chat.projectId || visibility !== chat.visibility);
}

const rightFor = (change: ChatPatch, chat: ChatRow | null): Right =>
  moves(change, chat) ? 'manage' : 'write';

/** Where it is to be; what stays where it is needs no right in its project. */
async function newPlace(tx: Tx, asker: Principal, chat: ChatRow, change: ChatPatch) {
  if (!moves(change, chat)) return {};
  const { projectId = chat.projectId, visibility } = change;
  return {
    ...(await placeFor(tx, asker, { projectId, visibility })),
    leftProjectId: null,
    leftVisibility: null,
  };
}
