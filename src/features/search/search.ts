/** What server and page share about searching: schemas and types. */
import { z } from 'zod';
import { Role } from '#features/messages/messages.ts';
import { cleanText, Id, IsoTime, Limit } from '#fields';
import { QUESTION_MAX } from './rules.ts';

/** Query of `GET /api/v1/search`: words, "phrases", -not and filters in one text. */
export const SearchQuery = z.object({
  q: cleanText(QUESTION_MAX).default(''),
  limit: Limit,
  cursor: z.string().max(1000).optional(),
});
export type SearchQuery = z.infer<typeof SearchQuery>;

/** One find: a message, or a chat whose title (tags, description) was found and none of its messages. */
export const SearchHit = z.object({
  chatId: Id,
  /** Null for a chat that was found by its own words alone. */
  messageId: Id.nullable(),
  /** The chat's. */
  title: z.string(),
  /** A piece of what was found, cut where a match begins or ends. */
  snippet: z.array(z.object({ text: z.string(), match: z.boolean() })),
  /** Whose turn the message is; null where there is none. */
  role: Role.nullable(),
  createdAt: IsoTime,
  projectId: Id.nullable(),
});
export type SearchHit = z.infer<typeof SearchHit>;
