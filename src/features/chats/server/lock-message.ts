import { type MessageRow, readMessage } from '#features/messages/server/index.ts';
import type { Tx } from '#platform/database/database.ts';
import { notFound } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import { findMessage, lockChat } from './access.ts';
import type { ChatRow } from './present-chat.ts';
import { say } from './say.ts';

/**
 * A message whose asker may write in its chat, and that chat, which is locked to the end of the transaction. The message is as it
 * is under the lock: one that was deleted just before is 404, as a stranger's is.
 */
export async function lockMessage(
  tx: Tx,
  asker: Principal,
  messageId: string,
): Promise<{ chat: ChatRow; message: MessageRow }> {
  const found = await findMessage(tx, asker, messageId, 'write');
  if (!found) throw notFound(say('no_such_message'));
  const chat = await lockChat(tx, asker, found.chatId, 'write');
  const message = await readMessage(tx, messageId);
  if (!message) throw notFound(say('no_such_message'));
  return { chat, message };
}
