import { outboxBytes } from '#features/accounts/server/index.ts';
import type { Part } from '#features/messages/messages.ts';
import type { NewMessage } from '../../chats.ts';
import type { HeldReason } from '../../outbox.ts';

/** What else a message asks for, and which program sent it. */
export type KeptInput = Omit<NewMessage, 'id' | 'replyId' | 'content' | 'when'> & { client: string };

/** A message that waits on the server. */
export type OutboxRow = {
  id: string;
  chatId: string;
  userId: string;
  replyId: string | null;
  content: Part[];
  input: KeptInput;
  /** Its place in the order of sending in the chat, whoever's they are. */
  position: number;
  state: 'waiting' | 'held';
  error: HeldReason | null;
  createdAt: Date;
  /** What it takes of its person's storage. */
  bytes: number;
};

/** SQL: the columns of item `o`. */
export const outboxColumns = (o: string): string =>
  `${o}.id, ${o}.chat_id, ${o}.user_id, ${o}.reply_id, ${o}.content, ${o}.input, ${o}.position, ${o}.state, ${o}.error,
   ${o}.created_at, ${outboxBytes(o)} AS bytes`;

/** The message that an item is, as it is sent. */
export function messageOf({ id, replyId, content, input }: OutboxRow): NewMessage {
  const { client: _client, ...asked } = input;
  // Nothing but what could be sent was kept.
  const message = { ...asked, id, content: content as NewMessage['content'] };
  return replyId === null ? message : { ...message, replyId };
}
