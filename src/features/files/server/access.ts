/** Who may do what with a file: the one place that decides. */
import type { Queryable } from '#platform/database/database.ts';
import { camelRow } from '#platform/database/rows.ts';
import { notFound } from '#platform/errors.ts';
import type { Principal, Right } from '#platform/principal.ts';
import { say } from './say.ts';
import type { files } from './tables.ts';

export type FileRow = typeof files.$inferSelect;

/** SQL: user `$1` owns file `f`. */
export const OWNS = 'f.owner_id = $1';

/** Rights to a file `f` of user `$1`. */
const MAY: Record<Right, string> = { read: OWNS, write: OWNS, manage: OWNS };

/** The file, or 404 for one that is not there or that the asker has no such right to. */
export async function fileFor(
  db: Queryable,
  { userId }: Pick<Principal, 'userId'>,
  id: string,
  right: Right,
): Promise<FileRow> {
  const { rows } = await db.query({
    name: `file-for-${right}`,
    text: `SELECT f.* FROM files f WHERE f.id = $2 AND ${MAY[right]}`,
    values: [userId, id],
  });
  if (!rows[0]) throw notFound(say('no_such_file'));
  return camelRow<FileRow>(rows[0]);
}
