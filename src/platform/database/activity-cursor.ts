/** The cursor of lists in the order of their latest activity. */
import { z } from 'zod';
import { Id } from '#fields';
import { invalidInput } from '#platform/errors.ts';
import { say } from '#platform/say.ts';

/** A place in such a list: after the thing `id`, last active at `activeAt` (ISO, to the microsecond). */
const ActivityCursor = z.object({ activeAt: z.iso.datetime({ precision: 6 }), id: Id });
type ActivityCursor = z.infer<typeof ActivityCursor>;

/** A cursor as clients carry it: opaque to them. */
export const writeCursor = ({ activeAt, id }: ActivityCursor): string =>
  Buffer.from(`${activeAt} ${id}`).toString('base64url');

/** The place a cursor stands for; 400 when it was not made by `writeCursor`. */
export function readCursor(cursor: string): ActivityCursor {
  const [activeAt, id] = Buffer.from(cursor, 'base64url').toString().split(' ');
  const parsed = ActivityCursor.safeParse({ activeAt, id });
  if (!parsed.success) throw invalidInput('cursor', say('cursor_unknown'));
  return parsed.data;
}

/** SQL: a time to the microsecond, as PostgreSQL orders; a JavaScript date would round, and skip or repeat entries. */
export const exactTime = (time: string): string =>
  `to_char(${time} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
