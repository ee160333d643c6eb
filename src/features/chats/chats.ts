/** What server, page and terminal share about chats: schemas and types. */
import { z } from 'zod';
import type { Part } from '#features/messages/messages.ts';
import { MOST_COMPARED } from '#features/messages/rules.ts';
import { Visibility } from '#features/projects/projects.ts';
import { ModelSettings, Parameters } from '#features/settings/settings.ts';
import { cleanText, Id, IsoTime, Json, Metadata } from '#fields';
import { Tag } from './chat-filter.ts';
import { MOST_TAGS, TITLE_MAX } from './rules.ts';

export const Chat = z.object({
  id: Id,
  /** Whose chat it is. */
  authorId: Id,
  title: z.string(),
  projectId: Id.nullable(),
  visibility: Visibility,
  /** It stands on top of its author's list. */
  pinned: z.boolean(),
  tags: z.array(z.string()),
  description: z.string(),
  metadata: z.record(z.string(), Json),
  archived: z.boolean(),
  /** In no list, and gone a day after something was last said in it. */
  temporary: z.boolean(),
  leafMessageId: Id.nullable(),
  /** The model that was asked last. */
  modelId: z.string().nullable(),
  /** The agent that answers; null: none. */
  agentId: Id.nullable(),
  /** What its replies are made with, where a message does not say so itself. */
  settings: ModelSettings,
  createdAt: IsoTime,
  /** When something about it last changed, its title for instance. */
  updatedAt: IsoTime,
  /** When something was last said in it; lists are in this order. */
  activeAt: IsoTime,
  /** The id it had elsewhere; for what was imported. */
  originalId: z.string().optional(),
});
export type Chat = z.infer<typeof Chat>;

/** The fields of a chat that may be written. */
const chatFields = {
  title: cleanText(TITLE_MAX),
  tags: z.array(Tag).max(MOST_TAGS),
  description: cleanText(20_000),
  metadata: Metadata,
  projectId: Id.nullable(),
  /** Without it what its project says for new ones; outside projects every chat is private. */
  visibility: Visibility,
  /** Its author's to say, and nobody else's. */
  pinned: z.boolean(),
  agentId: Id.nullable(),
  /** Replaced as a whole. */
  settings: ModelSettings,
};
/** Body of `POST /api/v1/chats`. */
export const NewChat = z.object({ id: Id, ...chatFields, temporary: z.boolean() }).partial();
export type NewChat = z.infer<typeof NewChat>;
/**
 * Body of `PATCH`: only what is named changes. `leafMessageId` moves the shown branch to that message. A temporary chat can be kept,
 * and no other becomes one: what is in it may be known elsewhere.
 */
export const ChatPatch = z
  .object({ ...chatFields, archived: z.boolean(), leafMessageId: Id, temporary: z.literal(false) })
  .partial();
export type ChatPatch = z.infer<typeof ChatPatch>;
/** Body of `PUT`: everything that may be written, what is missing returns to its default. */
export const ChatReplacement = z.object({
  title: chatFields.title.default(''),
  tags: chatFields.tags.default([]),
  description: chatFields.description.default(''),
  metadata: chatFields.metadata.default({}),
  projectId: chatFields.projectId.default(null),
  visibility: chatFields.visibility.optional(),
  /** Without it: as it is, where somebody else than its author replaces the rest. */
  pinned: chatFields.pinned.optional(),
  agentId: chatFields.agentId.default(null),
  settings: chatFields.settings.default({}),
  archived: z.boolean().default(false),
});
export type ChatReplacement = z.infer<typeof ChatReplacement>;

/** What a sender may put in a message: text parts, today. */
export const SendableContent = z.union([
  cleanText(Number.MAX_SAFE_INTEGER).min(1),
  z
    .array(z.object({ type: z.literal('text'), text: cleanText(Number.MAX_SAFE_INTEGER) }))
    .min(1)
    .max(100),
]);

/** Body of `POST /api/v1/chats/{id}/messages`; the ids are the client's own, so a repeat is recognised. */
export const NewMessage = z.object({
  id: Id.optional(),
  replyId: Id.optional(),
  /** The message this one answers; missing: the chat's current leaf; null: a new root. */
  parentId: Id.nullable().optional(),
  content: SendableContent,
  modelId: cleanText(400).optional(),
  /** The agent that answers this message, and no other. */
  agentId: Id.optional(),
  /** The model holds for this message alone: the chat's last one stays what it was. */
  once: z.boolean().optional(),
  /** Several models in the place of one: each writes a reply of its own, to be compared. */
  modelIds: z.array(cleanText(400).min(1)).min(2).max(MOST_COMPARED).optional(),
  parameters: Parameters.optional(),
  /**
   * While a reply is written in the chat: `now` does not wait for it (so it is without saying), `next` waits on the server until it
   * has ended, `interrupt` stops it.
   */
  when: z.enum(['now', 'next', 'interrupt']).optional(),
});
export type NewMessage = z.infer<typeof NewMessage>;

/** Body of `POST /api/v1/messages/{id}/edit`; the id is the new message's, and the client's own, so a repeat is recognised. */
export const MessageEdit = NewMessage.pick({ id: true, content: true });
export type MessageEdit = z.infer<typeof MessageEdit>;

/** Body of `POST /api/v1/messages/{id}/replies`; the id is the client's own, so a repeat is recognised. */
export const NewReply = NewMessage.pick({
  replyId: true,
  modelId: true,
  agentId: true,
  parameters: true,
}).extend({
  /** An unfinished reply to the message, whose text the new one begins with and goes on from. */
  continueFrom: Id.optional(),
});
export type NewReply = z.infer<typeof NewReply>;

/** Body of `POST /api/v1/messages`: the first message makes its chat. */
export const FirstMessage = z.object({ chat: NewChat.default({}), message: NewMessage });

/** Sendable content as parts: a string is one text part. */
export const toParts = (content: NewMessage['content']): Part[] =>
  typeof content === 'string' ? [{ type: 'text', text: content }] : content;
