/** What chats are picked by, in a list and for what is done to many at once. */
import { z } from 'zod';
import { Visibility } from '#features/projects/projects.ts';
import { cleanText, Id, IsoTime, Limit, Metadata } from '#fields';
import { TITLE_MAX } from './rules.ts';

export const Tag = cleanText(64).min(1);

/** The years that PostgreSQL knows: there is none with the number 0. */
const A_YEAR = /^(?!0000)/;
/** A day, which begins at midnight UTC, or a moment. */
const Moment = z.union([z.iso.date().regex(A_YEAR), IsoTime.regex(A_YEAR)]);

const Either = z.enum(['true', 'false', 'all']);

/** What a query and a body say alike. */
const conditions = {
  /** With it all chats of that project that the asker may read, else their own. */
  projectId: Id.optional(),
  visibility: Visibility.optional(),
  /** The agent that answers there. */
  agentId: Id.optional(),
  /** Last said something in from this day or moment on. */
  after: Moment.optional(),
  /** Last said something in before this day or moment. */
  before: Moment.optional(),
};

/**
 * Query of `GET /api/v1/chats`: the active chats of the asker, or with `projectId` all of that project that they may read;
 * `archived` asks for the archived ones or for both. A key that there is none of is refused.
 */
export const ChatFilter = z.strictObject({
  limit: Limit,
  cursor: z.string().max(500).optional(),
  /** Asks how many there are on all pages. */
  total: z.enum(['true', 'false']).default('false'),
  archived: Either.default('false'),
  pinned: Either.default('all'),
  ...conditions,
  /** A whole tag, as it is written; given several times, all of them. */
  tag: z.union([cleanText(64), z.array(cleanText(64)).max(50)]).optional(),
  /** Part of the title, the description or a tag; case does not matter. */
  q: cleanText(TITLE_MAX).optional(),
  /** Part of the description; case does not matter. */
  description: cleanText(TITLE_MAX).optional(),
  /** The model that was asked last. */
  modelId: cleanText(400).optional(),
  /** A JSON object: what of it is in the metadata as well, with the same values. */
  metadata: z.string().max(4000).optional(),
});
export type ChatFilter = z.infer<typeof ChatFilter>;

const EitherInJson = z.union([z.boolean(), Either]);
/** The same keys as JSON, in the body of `POST /api/v1/chats/bulk`: whatever is named says something. */
export const BulkFilter = z.strictObject({
  archived: EitherInJson.optional(),
  pinned: EitherInJson.optional(),
  ...conditions,
  tag: z.union([Tag, z.array(Tag).min(1).max(50)]).optional(),
  q: cleanText(TITLE_MAX).min(1).optional(),
  description: cleanText(TITLE_MAX).min(1).optional(),
  modelId: cleanText(400).min(1).optional(),
  metadata: Metadata.optional(),
});
export type BulkFilter = z.infer<typeof BulkFilter>;
