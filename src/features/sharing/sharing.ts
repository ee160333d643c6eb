/** What server and page share about links to a copy of a chat: schemas and types. */
import { z } from 'zod';
import { ReasoningPart, Role, TextPart } from '#features/messages/messages.ts';
import { Id, IsoTime } from '#fields';

/** Body of `POST /api/v1/chats/{id}/shares`. */
export const NewShare = z.object({
  /** When the link stops working; missing or null: never. */
  expiresAt: z.iso.datetime({ offset: true }).nullish(),
  /** Shows what models thought as well, and not only what they said. */
  includeReasoning: z.boolean().optional(),
});
export type NewShare = z.infer<typeof NewShare>;

/** A link that holds, as those see it who may make one. Its token was in the answer to its creation only. */
export const Share = z.object({
  id: Id,
  createdAt: IsoTime,
  expiresAt: IsoTime.nullable(),
  includeReasoning: z.boolean(),
  /** How many messages it shows. */
  messageCount: z.int(),
});
export type Share = z.infer<typeof Share>;

/** The answer to the creation of a link; `url` is shown this once. */
export const MadeShare = Share.extend({ url: z.string() });
export type MadeShare = z.infer<typeof MadeShare>;

/** One message of the copy: what was said, and by which side. */
export const SharedMessage = z.object({
  role: Role.extract(['user', 'assistant']),
  content: z.array(z.discriminatedUnion('type', [TextPart, ReasoningPart])),
});
export type SharedMessage = z.infer<typeof SharedMessage>;

/** `GET /api/v1/shares/{token}`: what anybody sees who has the link. */
export const SharedChat = z.object({
  title: z.string(),
  createdAt: IsoTime,
  expiresAt: IsoTime.nullable(),
  messages: z.array(SharedMessage),
});
export type SharedChat = z.infer<typeof SharedChat>;

/** Body of `POST /api/v1/shares/{token}/copy`; the id is the client's own, so a repeat is recognised. */
export const NewCopy = z.object({ id: Id }).partial();
export type NewCopy = z.infer<typeof NewCopy>;
