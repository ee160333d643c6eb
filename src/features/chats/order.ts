/** What server and page share about putting chats in order: doing something to many at once, taking it back, tags. */
import { z } from 'zod';
import { cleanText, Id, Limit } from '#fields';
import { BulkFilter, Tag } from './chat-filter.ts';
import { BULK_ACTIONS, MOST_IDS } from './rules.ts';

/** Body of `POST /api/v1/chats/bulk`: the chats by their ids or by what they have in common, and what is to be done to them. */
export const Bulk = z.object({
  ids: z.array(Id).min(1).max(MOST_IDS).optional(),
  /** At least one of the list's filters, as JSON. */
  filter: BulkFilter.optional(),
  action: z.enum(BULK_ACTIONS),
  /** Where they move to; null: out of any project. */
  projectId: Id.nullable().optional(),
  /** What is added, or taken away. */
  tag: Tag.optional(),
});
export type Bulk = z.infer<typeof Bulk>;

/** How many chats were changed, and what takes that back within a day. */
export const BulkDone = z.object({ count: z.int(), undo: z.string() });
export type BulkDone = z.infer<typeof BulkDone>;

/** Body of `POST /api/v1/undo`. */
export const Undo = z.object({ undo: cleanText(100).min(1) });
/** How many chats are as they were. */
export const Undone = z.object({ count: z.int() });

/** A tag, and how many of the asker's chats have it. */
export const TagCount = z.object({ name: z.string(), count: z.int() });
export type TagCount = z.infer<typeof TagCount>;
/** Query of `GET /api/v1/tags`. */
export const TagQuery = z.strictObject({
  limit: Limit,
  cursor: z.string().max(500).optional(),
  /** Part of its name; case does not matter. */
  q: cleanText(64).optional(),
});
export type TagQuery = z.infer<typeof TagQuery>;
/** Body of `PATCH /api/v1/tags/{name}`. */
export const TagPatch = z.object({ name: Tag.refine((name) => name.trim() !== '', 'field_empty') });
