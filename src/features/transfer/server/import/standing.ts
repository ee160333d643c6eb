import { inOrder, type Queryable } from '#platform/database/database.ts';
import type { Principal } from '#platform/principal.ts';
import { chatsWithIds } from '../access.ts';
import type { ChatRows } from '../chat-rows.ts';

/**
 * What an arriving chat is to what is there. `there`: the asker has it; `deleted`: they had, and it can come back; `new`: it comes in,
 * under ids of its own (`isCopy`) where one of those it brings is somebody else's.
 */
export type Standing = {
  kind: 'there' | 'deleted' | 'new';
  chatId: string;
  isCopy: boolean;
  isArchived: boolean;
};

export async function standingOf(
  db: Queryable,
  asker: Principal,
  chat: Pick<ChatRows, 'id' | 'other' | 'knownAs' | 'archived' | 'mayBeTaken' | 'messageIds'>,
): Promise<Standing> {
  const [known, areOthers] = await inOrder(
    chatsWithIds(db, asker, [chat.id, chat.other], chat.knownAs),
    chat.mayBeTaken ? areTaken(db, chat.messageIds) : Promise.resolve(false),
  );
  const own = known.find(({ isOwn }) => isOwn);
  if (own)
    return {
      kind: own.isDeleted ? 'deleted' : 'there',
      chatId: own.id,
      isCopy: own.id !== chat.id,
      isArchived: own.archived,
    };
  const isTaken = known.length > 0 || areOthers;
  return {
    kind: 'new',
    chatId: isTaken ? chat.other : chat.id,
    isCopy: isTaken,
    isArchived: chat.archived,
  };
}

/** A message may be in another chat than the one it came with: then the chat as a whole gets new ids. */
async function areTaken(db: Queryable, ids: readonly string[]): Promise<boolean> {
  const { rows } = await db.query<{ taken: boolean }>({
    name: 'import-taken',
    text: 'SELECT EXISTS (SELECT FROM messages WHERE id = ANY($1::uuid[])) AS taken',
    values: [ids],
  });
  return rows[0]!.taken;
}
