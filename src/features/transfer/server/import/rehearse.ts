/** An import that writes nothing: what each chat would meet, with those before it counted as if they had come in. */
import {
  assertRoom,
  bytesOfChat,
  bytesOfMessage,
  effectiveLimits,
  readStorage,
} from '#features/accounts/server/index.ts';
import { assertRoomForChat, assertRoomToKeep, countChats } from '#features/chats/server/index.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import type { ChatRows } from '../chat-rows.ts';
import type { Added } from './add-chat.ts';
import { standingOf } from './standing.ts';

export function rehearse(services: Services, asker: Principal): (chat: ChatRows) => Promise<Added> {
  const { db } = services;
  const seen = new Set<string>();
  let active = 0;
  let bytes = 0;
  let kept = 0;
  return async (chat) => {
    const standing = await standingOf(db.$client, asker, chat);
    const { chatId } = standing;
    if (standing.kind === 'there' || seen.has(chatId)) return { result: 'skipped', chatId };
    const limits = await effectiveLimits(services, asker.userId);
    if (!standing.isArchived)
      assertRoomForChat((await countChats(db.$client, asker.userId)) + active, limits.maxChats);
    if (standing.kind === 'new') {
      const size = sizeOf(chat);
      const stored = await readStorage(services, asker.userId);
      assertRoom({ bytes: stored + bytes + size, max: limits.maxStorageBytes }, 'storage_full');
      const { chats } = await keptBy(services, asker);
      assertRoomToKeep(chats + kept + 1, limits.maxChats);
      bytes += size;
      kept += 1;
    }
    if (!standing.isArchived) active += 1;
    seen.add(chatId);
    return { result: standing.isCopy ? 'copied' : 'added', chatId };
  };
}

/** As it would be counted; how the database writes JSON differs by a few blanks. */
function sizeOf(chat: ChatRows): number {
  const empty = bytesOfMessage([]);
  return (
    bytesOfChat(chat) +
    Buffer.byteLength(chat.messages) +
    Buffer.byteLength(chat.originals) +
    chat.count * empty
  );
}

async function keptBy({ db }: Services, { userId }: Principal): Promise<{ chats: number }> {
  const { rows } = await db.$client.query<{ chats: number }>(
    'SELECT chats FROM storage WHERE owner_id = $1',
    [userId],
  );
  return rows[0] ?? { chats: 0 };
}
