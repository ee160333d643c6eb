/** Who said something in a chat, and on whose account it is kept: not always whose chat it is. */
import type { Principal } from '#platform/principal.ts';
import type { ChatRow } from './present-chat.ts';

/** Who says something in a chat without its being theirs; null where it is. */
export const otherAuthor = (
  { userId }: Pick<Principal, 'userId'>,
  chat: Pick<ChatRow, 'userId'>,
): string | null => (userId === chat.userId ? null : userId);

/** A user as storage counts them, who need not be the asker. Guests share with nobody, so that anybody else is none. */
export const payerOf = (asker: Principal, userId: string): Pick<Principal, 'userId' | 'role'> =>
  userId === asker.userId ? asker : { userId, role: 'member' };
