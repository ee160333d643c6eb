import { eq, sql } from 'drizzle-orm';
import { bytesOfChat, growStorage } from '#features/accounts/server/index.ts';
import { assertMessageOf, chooseBranch } from '#features/messages/server/index.ts';
import { inTransaction, type Tx, typed } from '#platform/database/database.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import type { ChatPatch } from '../chats.ts';
import { chatFor, lockChat } from './access.ts';
import { payerOf } from './authors.ts';
import { assertRoomForChat, countChats, lockChatCount } from './chat-limit.ts';
import { placeFor } from './place-for.ts';
import type { ChatRow } from './present-chat.ts';
import { publishChat, publishMovedChat } from './publish-chat.ts';
import { madeAnew } from './settings/assert-made.ts';
import { chats } from './tables.ts';
import { assertTemporary } from './temporary.ts';

/**
 * Changes what `change` names of a chat and tells everybody who may read it. Its place in the list stays.
 * Moving it and making it private need more than changing it. 403 `chat_limit` when it comes back from the archive, or is to be kept, and there is
 * no room, `storage_limit` when there is none for what is written; 400 for a leaf of another chat, an unknown project or model, and an
 * agent that cannot answer there; one that was chosen before and cannot any more, where the chat moves to, is let go. A
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
    const seen = await chatFor(client, asker, chatId, 'write');
    assertTemporary(change, seen.temporary && change.temporary !== false);
    // Always the user, whose chats are counted, before the project and the chat, so that two changes never wait for each other.
    const counts = change.archived !== undefined || change.temporary !== undefined;
    const limit = counts ? await lockChatCount(client, services, seen.userId) : 0;
    const moving = moves(change, seen);
    const place = moving ? await newPlace(client, asker, seen, change) : null;
    const known = await lockChat(client, asker, chatId, moving ? 'manage' : 'write', {
      strength: 'no key update',
    });
    if (isActive({ ...known, ...change }) && !isActive(known))
      assertRoomForChat(await countChats(client, known.userId), limit);
    // Its place is what was looked at above, and nothing that somebody else has made of it since.
    const { leafMessageId: to, projectId: _projectId, visibility: _visibility, ...fields } = change;
    const { agentId } = await madeAnew(client, asker, { ...known, ...place }, change);
    if (to) await assertMessageOf(client, chatId, to, 'leafMessageId');
    const leaf = to && ((await chooseBranch(client, to, known.leafMessageId)) ?? to);
    const [changed] = await tx
      .update(chats)
      .set({
        ...fields,
        ...place,
        agentId,
        ...(leaf && { leafMessageId: leaf }),
        updatedAt: sql`greatest(updated_at, now())`,
      })
      .where(eq(chats.id, chatId))
      .returning();
    await growStorage(client, payerOf(asker, known.userId), {
      bytes: bytesOfChat(changed!) - bytesOfChat(known),
    });
    return { before: known, chat: changed! };
  });
  if (placeOf(before) === placeOf(chat)) publishChat(services, chat);
  else publishMovedChat(services, before, chat);
  return chat;
}

/** One of those that `maxChats` is about. */
const isActive = ({ archived, temporary }: { archived: boolean; temporary: boolean }): boolean =>
  !archived && !temporary;

const placeOf = ({ projectId, visibility }: Pick<ChatRow, 'projectId' | 'visibility'>): string =>
  `${projectId} ${visibility}`;

/** Whether it is to move: what stays where it is needs no right in its project. */
function moves(change: ChatPatch, chat: ChatRow): boolean {
  const { projectId = chat.projectId, visibility = chat.visibility } = change;
  return projectId !== chat.projectId || visibility !== chat.visibility;
}

/** Where it is to be. */
async function newPlace(tx: Tx, asker: Principal, chat: ChatRow, change: ChatPatch) {
  const { projectId = chat.projectId, visibility } = change;
  return {
    ...(await placeFor(tx, asker, { projectId, visibility })),
    leftProjectId: null,
    leftVisibility: null,
  };
}
