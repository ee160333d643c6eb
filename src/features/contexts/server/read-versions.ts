/** Reading instructions. Whoever calls these has decided that the asker may. */
import type { Queryable } from '#platform/database/database.ts';
import { PAGE_BYTES } from '#platform/database/page-bytes.ts';
import { notFound } from '#platform/errors.ts';
import type { ContextOwner } from './owners.ts';
import { VERSION_COLUMNS, type VersionRow } from './present-context.ts';
import { say } from './say.ts';

const FROM = `FROM context_versions v LEFT JOIN users u ON u.id = v.created_by
  WHERE v.kind = $1 AND v.owner_id = $2`;

/** The version in force; null while none was saved. */
export async function latestVersion(
  db: Queryable,
  { kind, ownerId }: ContextOwner,
): Promise<VersionRow | null> {
  const { rows } = await db.query<VersionRow>({
    name: 'latest-context',
    text: `SELECT ${VERSION_COLUMNS} ${FROM} ORDER BY v.version DESC LIMIT 1`,
    values: [kind, ownerId],
  });
  return rows[0] ?? null;
}

/** One version; 404 when there is none. */
export async function readVersion(
  db: Queryable,
  { kind, ownerId }: ContextOwner,
  version: number,
): Promise<VersionRow> {
  const { rows } = await db.query<VersionRow>({
    name: 'context-version',
    text: `SELECT ${VERSION_COLUMNS} ${FROM} AND v.version = $3`,
    values: [kind, ownerId, version],
  });
  if (!rows[0]) throw notFound(say('no_such_version'));
  return rows[0];
}

/** A page of versions below `cursor`, newest first: `limit` of them at most, and not more than 2 MiB. */
export async function listVersions(
  db: Queryable,
  { kind, ownerId }: ContextOwner,
  { limit, cursor }: { limit: number; cursor?: number | undefined },
): Promise<{ rows: VersionRow[]; nextCursor: string | null }> {
  const { rows } = await db.query<VersionRow>({
    name: 'list-contexts',
    text: `WITH next AS (
             SELECT v.*, row_number() OVER newest AS nth, sum(octet_length(v.content)) OVER newest AS bytes
             FROM (SELECT * FROM context_versions WHERE kind = $1 AND owner_id = $2 AND version < $3
                   ORDER BY version DESC LIMIT $4) v
             WINDOW newest AS (ORDER BY v.version DESC)
           )
           SELECT ${VERSION_COLUMNS} FROM next v LEFT JOIN users u ON u.id = v.created_by
           WHERE v.nth = 1 OR v.bytes <= ${PAGE_BYTES} ORDER BY v.version DESC`,
    values: [kind, ownerId, cursor ?? 2_147_483_647, limit],
  });
  const last = rows.at(-1);
  // They are numbered without gaps, from 1.
  return { rows, nextCursor: last && last.version > 1 ? String(last.version) : null };
}
