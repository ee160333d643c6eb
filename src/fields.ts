/**
 * The smallest schemas, which every noun is made of: ids, clean text, free metadata, times, pages of a list. A rule of our own
 * names, as its message, the reason it refuses for (`platform/sentences`).
 */
import { z } from 'zod';

/** Any UUID is accepted; ids that Parley makes itself are UUIDv7, so that they sort by age. */
export const Id = z.uuid();

const NUL = '\u0000';
/** Text that PostgreSQL and UTF-8 can hold: no NUL and no half of a surrogate pair. */
export const cleanText = (max: number) =>
  z
    .string()
    .max(max)
    .refine((text) => !text.includes(NUL), 'field_nul')
    .refine((text) => text.isWellFormed(), 'field_broken_unicode');

/** Any JSON value. */
export const Json = z.json();

const MAX_METADATA = 65_536;
/** Free key-value data; at most 64 kB as JSON, which is looked at first: a hundred thousand keys take most of a second to check. */
export const Metadata = z.preprocess(
  (value, context) => {
    if (JSON.stringify(value ?? null).length <= MAX_METADATA) return value;
    context.addIssue({ code: 'custom', message: 'field_metadata_size', input: null });
    return z.NEVER;
  },
  z.record(cleanText(200), z.json()).refine((value) => isCleanJson(value), 'field_metadata_text'),
);

/** True when no string or key inside a JSON value holds a NUL or half a surrogate pair. */
function isCleanJson(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes(NUL);
  if (Array.isArray(value)) return value.every(isCleanJson);
  if (value && typeof value === 'object')
    return Object.entries(value).every(([key, inner]) => isCleanJson(key) && isCleanJson(inner));
  return true;
}

/** A moment in UTC, as JSON carries it. */
export const IsoTime = z.iso.datetime();

/** Names a sentence of the server (`sentences/` of its room) and what it says, for clients that say it in their reader's language. */
export const SentenceRef = z.object({
  reason: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});

/** A page of a list: `nextCursor` is null on the last page. */
export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** The `limit` of every list: 1–200, 50 unless told. */
export const Limit = z.coerce.number().int().min(1).max(200).default(50);
