import type { z } from 'zod';
import { exactTime, readCursor, writeCursor } from '#platform/database/activity-cursor.ts';
import { camelRow } from '#platform/database/rows.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import type { FilesQuery, StoredFile } from '../files.ts';
import { type FileRow, OWNS } from './access.ts';
import { presentFile } from './present-file.ts';

/** The asker's own files, newest first. 400 for a cursor of some other list. */
export async function listFiles(
  { db }: Pick<Services, 'db'>,
  { userId }: Principal,
  { cursor, limit }: z.infer<typeof FilesQuery>,
): Promise<{ items: StoredFile[]; nextCursor: string | null }> {
  const after = cursor === undefined ? null : readCursor(cursor);
  const { rows } = await db.$client.query({
    name: after ? 'files-of-user-after' : 'files-of-user',
    text: `SELECT f.*, ${exactTime('f.created_at')} AS exactly FROM files f WHERE ${OWNS}
           ${after ? 'AND (f.created_at, f.id) < ($3, $4)' : ''}
           ORDER BY f.created_at DESC, f.id DESC LIMIT $2`,
    values: [userId, limit + 1, ...(after ? [after.activeAt, after.id] : [])],
  });
  const found = rows.slice(0, limit).map((row) => camelRow<FileRow & { exactly: string }>(row));
  const last = found.at(-1);
  return {
    items: found.map(presentFile),
    nextCursor: rows.length > limit && last ? writeCursor({ activeAt: last.exactly, id: last.id }) : null,
  };
}
