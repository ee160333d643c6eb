/** The smallest schemas, which every noun is made of: ids, clean text, free metadata, times, pages of a list. */
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

/** Any JSON value. */
export const Json = z.json();

const MAX_METADATA = 65_536;
/** Free key-value data; at most 64 kB as JSON, which is looked at first: a hundred thousand keys take most of a second to check. */
export const Metadata = z.preprocess(
  (value, context) => {
    if (JSON.stringify(value ?? null).length <= MAX_METADATA) return value;
    context.addIssue({ code: 'custom', message: 'must be at most 64 kB as JSON', input: null });
    return z.NEVER;
  },
  z
    .record(cleanText(200), z.json())
    .refine((value) => isCleanJson(value), 'must not contain NUL or broken Unicode'),
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

/** A page of a list: `nextCursor` is null on the last page. */
export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** The `limit` of every list: 1–200, 50 unless told. */
export const Limit = z.coerce.number().int().min(1).max(200).default(50);
