/** What server, web and CLI share about chats and messages: schemas, types and small pure functions. */
import { z } from 'zod';

/** Any UUID is accepted; ids that Parley makes itself are UUIDv7, so that they sort by age. */
export const Id = z.uuid();

const NUL = '\u0000';
/** Text that PostgreSQL and UTF-8 can hold: no NUL and no half of a surrogate pair. */
export const cleanText = (max: number) =>
  z
    .string()
    .max(max)
    .refine((text) => !text.includes(NUL), 'must not contain the NUL character')
    .refine((text) => text.isWellFormed(), 'must be well-formed Unicode');

/** The text of one sent message, in bytes of UTF-8; above it the answer is 413. */
export const MAX_MESSAGE_BYTES = 1024 * 1024;
export const TITLE_MAX = 300;

export const TextPart = z.object({ type: z.literal('text'), text: z.string() });
export const ReasoningPart = z.object({ type: z.literal('reasoning'), text: z.string() });
export const ToolCallPart = z.object({
  type: z.literal('tool_call'),
  toolCallId: z.string(),
  name: z.string(),
  arguments: z.string(),
});
export const ToolResultPart = z.object({
  type: z.literal('tool_result'),
  toolCallId: z.string(),
  result: z.string(),
});
/** One piece of a message's content. */
export const Part = z.discriminatedUnion('type', [TextPart, ReasoningPart, ToolCallPart, ToolResultPart]);
export type Part = z.infer<typeof Part>;

export const Role = z.enum(['user', 'assistant', 'system', 'tool']);
export type Role = z.infer<typeof Role>;

/** Any JSON value. */
export const Json = z.json();

/** Free key-value data; at most 64 kB as JSON. */
export const Metadata = z
  .record(cleanText(200), z.json())
  .refine((value) => JSON.stringify(value).length <= 65_536, 'must be at most 64 kB as JSON')
  .refine((value) => isCleanJson(value), 'must not contain NUL or broken Unicode');

/** True when no string or key inside a JSON value holds a NUL or half a surrogate pair. */
function isCleanJson(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes(NUL);
  if (Array.isArray(value)) return value.every(isCleanJson);
  if (value && typeof value === 'object')
    return Object.entries(value).every(([key, inner]) => isCleanJson(key) && isCleanJson(inner));
  return true;
}

const IsoTime = z.iso.datetime();

export const Chat = z.object({
  id: Id,
  title: z.string(),
  projectId: Id.nullable(),
  tags: z.array(z.string()),
  description: z.string(),
  metadata: z.record(z.string(), Json),
  archived: z.boolean(),
  leafMessageId: Id.nullable(),
  modelId: z.string().nullable(),
  createdAt: IsoTime,
  /** When something about it last changed, its title for instance. */
  updatedAt: IsoTime,
  /** When something was last said in it; lists are in this order. */
  activeAt: IsoTime,
});
export type Chat = z.infer<typeof Chat>;

/** The fields of a chat that its owner may write. */
const chatFields = {
  title: cleanText(TITLE_MAX),
  tags: z.array(cleanText(64).min(1)).max(50),
  description: cleanText(20_000),
  metadata: Metadata,
  projectId: Id.nullable(),
};
/** Body of `POST /api/v1/chats`. */
export const NewChat = z.object({ id: Id, ...chatFields }).partial();
export type NewChat = z.infer<typeof NewChat>;
/** Body of `PATCH`: only what is named changes. `leafMessageId` moves the shown branch to that message. */
export const ChatPatch = z.object({ ...chatFields, archived: z.boolean(), leafMessageId: Id }).partial();
export type ChatPatch = z.infer<typeof ChatPatch>;
/** Body of `PUT`: everything that may be written, what is missing returns to its default. */
export const ChatReplacement = z.object({
  title: chatFields.title.default(''),
  tags: chatFields.tags.default([]),
  description: chatFields.description.default(''),
  metadata: chatFields.metadata.default({}),
  projectId: chatFields.projectId.default(null),
  archived: z.boolean().default(false),
});
export type ChatReplacement = z.infer<typeof ChatReplacement>;

export const Message = z.object({
  id: Id,
  chatId: Id,
  parentId: Id.nullable(),
  role: Role,
  content: z.array(Part),
  generationId: Id.nullable(),
  metadata: z.record(z.string(), Json),
  createdAt: IsoTime,
});
export type Message = z.infer<typeof Message>;

/** Model parameters a sender may set; what is missing is the model's default. */
export const Parameters = z.object({
  temperature: z.number().min(0).max(2).optional(),
  maxTokens: z.int().min(1).max(1_000_000).optional(),
  topP: z.number().min(0).max(1).optional(),
  seed: z.int().min(-2_147_483_648).max(2_147_483_647).optional(),
  stop: z.array(cleanText(200).min(1)).max(8).optional(),
});
export type Parameters = z.infer<typeof Parameters>;

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
  parameters: Parameters.optional(),
});
export type NewMessage = z.infer<typeof NewMessage>;

/** Body of `POST /api/v1/messages`: the first message makes its chat. */
export const FirstMessage = z.object({ chat: NewChat.default({}), message: NewMessage });

/** A page of a list: `nextCursor` is null on the last page. */
export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** The `limit` of every list: 1–200, 50 unless told. */
export const Limit = z.coerce.number().int().min(1).max(200).default(50);

/** Query of `GET /api/v1/chats`: the active chats unless `archived` asks for the archived ones or for both. */
export const ChatFilter = z.object({
  limit: Limit,
  cursor: z.string().max(500).optional(),
  archived: z.enum(['true', 'false', 'all']).default('false'),
  projectId: Id.optional(),
  /** A whole tag, as it is written. */
  tag: cleanText(64).optional(),
  /** Part of the title, the description or a tag; case does not matter. */
  q: cleanText(TITLE_MAX).optional(),
});
export type ChatFilter = z.infer<typeof ChatFilter>;

/** Query of `GET /api/v1/chats/{id}/messages`; `before`: a message of the chat, whose ancestors are the page. */
export const BranchQuery = z.object({ limit: Limit, before: Id.optional() });

/** Sendable content as parts: a string is one text part. */
export const toParts = (content: NewMessage['content']): Part[] =>
  typeof content === 'string' ? [{ type: 'text', text: content }] : content;

/** All text of a message, its parts joined without a separator; reasoning is not text. */
export const textOf = (content: readonly Part[]): string =>
  content.map((part) => (part.type === 'text' ? part.text : '')).join('');

/** A title for a chat that has none: the first line of its first message, cut at a word near 60 characters. */
export function titleFrom(text: string): string {
  const line = text
    .trim()
    .split('\n', 1)[0]!
    .replace(/\s+/g, ' ')
    .replace(/^[#>*\-\s]+/, '')
    .trim();
  if (line.length <= 60) return line;
  const cut = line.slice(0, 60).toWellFormed().replace('\uFFFD', '');
  return `${cut.includes(' ') ? cut.slice(0, cut.lastIndexOf(' ')) : cut}…`;
}
