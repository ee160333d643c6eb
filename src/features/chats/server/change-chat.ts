import { eq, sql } from 'drizzle-orm';
import { bytesOfChat, growStorage } from '#features/accounts/server/index.ts';
import { assertMessageOf, chooseBranch } from '#features/messages/server/index.ts';
import { inTransaction, type Tx, typed } from '#platform/database/database.ts';
import { AppError } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import type { ChatPatch, ChatReplacement } from '../chats.ts';
import { chatFor, lockChat } from './access.ts';
import { payerOf } from './authors.ts';
import { assertRoomForChat, countChats, lockChatCount } from './chat-limit.ts';
import { placeFor } from './place-for.ts';
import type { ChatRow } from './present-chat.ts';
import { publishChat, publishMovedChat } from './publish-chat.ts';
import { say } from './say.ts';
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
  return changeAs(services, asker, chatId, () => change);
}

/** The same for everything that may be written. Whether it is pinned is its author's to say: left out, it stays for everybody else. */
export const replaceChat = (
  services: Services,
  asker: Principal,
  chatId: string,
  { pinned, ...rest }: ChatReplacement,
): Promise<ChatRow> =>
  changeAs(services, asker, chatId, (chat) => ({
    ...rest,
    pinned: pinned ?? (chat.userId !== asker.userId && chat.pinned),
  }));

async function changeAs(
  services: Services,
  asker: Principal,
  chatId: string,
  changeOf: (chat: ChatRow) => ChatPatch,
): Promise<ChatRow> {
  const { before, chat } = await inTransaction(services.db, async (client) => {
    const tx = typed(client);
    const seen = await chatFor(client, asker, chatId, 'write');
    const change = changeOf(seen);
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
    if (change.pinned !== undefined && change.pinned !== known.pinned && known.userId !== asker.userId)
      throw new AppError('forbidden', say('pin_not_yours'));
    // Its place is what was looked at above, and nothing that somebody else has made of it since.
    const { leafMessageId: to, projectId: _projectId, visibility: _visibility, ...fields } = change;
    const { agentId } = await madeAnew(client, asker, { ...known, ...place }, change);
    if (to) await assertMessageOf(client, chatId, to, 'leafMessageId');
    const leaf = to && ((await chooseBranch(client, to, known.leafMessageId)) ?? to);
    const [changed] = await tx
      .update(chats)
      .set({
        ...fields,
        // Who writes it, keeps it, also where it is as it was.
        ...(fields.title !== undefined && { titling: null }),
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
