/** Lists that are short by nature, such as models and endpoints: one page, unless less is asked for. */
import { z } from 'zod';
import { invalidInput } from '#platform/errors.ts';
import { say } from '../say.ts';

/** Query of such a list: all of it without `limit`, which is 1–200 as everywhere. */
export const ShortListQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).optional(),
  cursor: z.string().max(500).optional(),
});

/** The page after the item whose key is `cursor`; 400 when there is none. */
export function pageOf<T>(
  items: T[],
  keyOf: (item: T) => string,
  { limit = items.length, cursor }: z.infer<typeof ShortListQuery>,
): { items: T[]; nextCursor: string | null } {
  const last = cursor === undefined ? -1 : items.findIndex((item) => keyOf(item) === cursor);
  if (cursor !== undefined && last < 0) throw invalidInput('cursor', say('cursor_unknown'));
  const rest = items.slice(last + 1);
  const page = rest.slice(0, limit);
  return { items: page, nextCursor: rest.length > limit ? keyOf(page.at(-1)!) : null };
}
