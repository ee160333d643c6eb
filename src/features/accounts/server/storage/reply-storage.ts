/** Counting the text of a reply, inside the statement that ends it. */
import { grownBytes } from './sizes.ts';

/** SQL to return from the update of the reply's message `m`: by how much it grew. */
export const replyGrowth = (opening: string): string => `${grownBytes('m', opening)} AS bytes`;

/**
 * CTEs that count it for whom it is: `ended(user_id)` names them, `folded(bytes)` says how much, and `before` is a CTE whose
 * locks come first. May exceed the limit by this one reply: what was written is kept.
 */
export const countReply = (before: string): string => `
  own_storage AS (
    UPDATE storage s SET bytes = greatest(0, s.bytes + folded.bytes) FROM ended, folded
    WHERE s.owner_id = ended.user_id AND folded.bytes <> 0 AND (SELECT count(*) FROM ${before}) >= 0
    RETURNING s.owner_id, folded.bytes
  ), address_storage AS (
    UPDATE storage s SET bytes = greatest(0, s.bytes + o.bytes)
    FROM own_storage o JOIN users u ON u.id = o.owner_id WHERE s.owner_id = u.guest_address
  )`;
