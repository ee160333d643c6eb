/** Comparing: which replies several models wrote to one message, told by their ids alone. */
import { v5 as nameBasedId } from 'uuid';
import { MOST_COMPARED } from '../rules.ts';

/** The id of the reply at a place among several: made from the message's, so that a repeat finds the same replies. */
export const replyIdAt = (messageId: string, place: number): string =>
  nameBasedId(`reply ${place}`, messageId);

type Placed = { parentId: string | null; siblings: readonly string[] };

/** Those of `siblings` that answer their parent in one comparison, in the order of its models; none where fewer than two are left of it. */
export function comparedAmong({ parentId, siblings }: Placed): string[] {
  if (parentId === null || siblings.length < 2) return [];
  const made = Array.from({ length: MOST_COMPARED }, (_, place) => replyIdAt(parentId, place));
  const living = made.filter((id) => siblings.includes(id));
  return living.length < 2 ? [] : living;
}
