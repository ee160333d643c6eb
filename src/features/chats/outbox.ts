/** What server and page share about the outbox: messages that wait on the server for the reply that is being written. */
import { z } from 'zod';
import { Part } from '#features/messages/messages.ts';
import { Id, IsoTime, Limit, SentenceRef } from '#fields';
import { SendableContent } from './chats.ts';

/** Why an item is held: how the reply before it ended, or what refused it when its turn came. */
export const HeldReason = z.object({
  code: z.string(),
  /** A sentence for people, in English. */
  detail: z.string(),
  ...SentenceRef.shape,
  /** When sending it makes sense again. */
  retryAt: IsoTime.optional(),
});
export type HeldReason = z.infer<typeof HeldReason>;

/** A message that is not sent yet. Its id is the one it will have. */
export const OutboxItem = z.object({
  id: Id,
  chatId: Id,
  replyId: Id.nullable(),
  content: z.array(Part),
  /** Its place among those of the same person in the chat, from 0. */
  position: z.int(),
  state: z.enum(['waiting', 'held']),
  error: HeldReason.nullable(),
  /** The model it is for; null: the one that its chat has by then. */
  modelId: z.string().nullable(),
  createdAt: IsoTime,
});
export type OutboxItem = z.infer<typeof OutboxItem>;

/** What a message that waits is answered with. */
export const KeptMessage = z.object({ outbox: OutboxItem });

/** Query of `GET /api/v1/chats/{id}/outbox`. */
export const OutboxQuery = z.object({
  limit: Limit,
  cursor: z.string().max(500).optional(),
});
export type OutboxQuery = z.infer<typeof OutboxQuery>;

/** Body of `PATCH /api/v1/outbox/{id}`: only what is named changes. A position behind the last is the last. */
export const OutboxPatch = z
  .object({ content: SendableContent, position: z.int().min(0).max(1000) })
  .partial();
export type OutboxPatch = z.infer<typeof OutboxPatch>;
