/** Reading what an agent was. Whoever calls these has decided that the asker may. */
import type { Queryable } from '#platform/database/database.ts';
import { PAGE_BYTES } from '#platform/database/page-bytes.ts';
import { notFound } from '#platform/errors.ts';
import { CONTENT, type VersionRow } from './present-agent.ts';
import { say } from './say.ts';

/** SQL: the columns of `VersionRow`, of version `v` and its author `u`. */
const COLUMNS = `v.version, ${CONTENT}, v.created_at AS "createdAt", v.created_by AS "createdBy", u.name AS "authorName",
  v.restored_from AS "restoredFrom"`;

/** One version; 404 when there is none. */
export async function readVersion(db: Queryable, agentId: string, version: number): Promise<VersionRow> {
  const { rows } = await db.query<VersionRow>(
    `SELECT ${COLUMNS} FROM agent_versions v LEFT JOIN users u ON u.id = v.created_by
     WHERE v.agent_id = $1 AND v.version = $2`,
    [agentId, version],
  );
  if (!rows[0]) throw notFound(say('no_such_agent_version'));
  return rows[0];
}

/** A page of versions below `cursor`, newest first: `limit` of them at most, and not more than 2 MiB. */
export async function listVersions(
  db: Queryable,
  agentId: string,
  { limit, cursor }: { limit: number; cursor?: number | undefined },
): Promise<{ rows: VersionRow[]; nextCursor: string | null }> {
  const { rows } = await db.query<VersionRow>(
    `WITH next AS (
       SELECT v.*, row_number() OVER newest AS nth, sum(octet_length(v.instructions)) OVER newest AS bytes
       FROM (SELECT * FROM agent_versions WHERE agent_id = $1 AND version < $2 ORDER BY version DESC LIMIT $3) v
       WINDOW newest AS (ORDER BY v.version DESC)
     )
     SELECT ${COLUMNS} FROM next v LEFT JOIN users u ON u.id = v.created_by
     WHERE v.nth = 1 OR v.bytes <= ${PAGE_BYTES} ORDER BY v.version DESC`,
    [agentId, cursor ?? 2_147_483_647, limit],
  );
  const last = rows.at(-1);
  // They are numbered without gaps, from 1.
  return { rows, nextCursor: last && last.version > 1 ? String(last.version) : null };
}
