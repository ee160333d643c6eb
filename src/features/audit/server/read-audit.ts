import { containing } from '#platform/database/like.ts';
import { camelRow } from '#platform/database/rows.ts';
import type { Services } from '#platform/services.ts';
import type { AuditItem, AuditQuery } from '../audit.ts';

type Row = {
  id: string;
  at: Date;
  actorId: string;
  actorName: string;
  action: string;
  targetKind: string | null;
  targetId: string | null;
  targetName: string | null;
  detail: AuditItem['detail'];
};

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A page of the log, newest first. On the connections for reports: a search for a part of a name may read all of it. */
export async function readAudit(
  { reports }: Services,
  { actor, action, target, from, to, cursor, limit }: AuditQuery,
): Promise<{ items: AuditItem[]; nextCursor: string | null }> {
  const isId = actor !== undefined && UUID.test(actor);
  const { rows } = await reports.$client.query(
    `SELECT * FROM audit a
     WHERE ($1::uuid IS NULL OR a.actor_id = $1) AND ($2::text IS NULL OR a.actor_name ILIKE $2)
       AND ($3::text IS NULL OR a.action = $3) AND ($4::text IS NULL OR a.target_name ILIKE $4)
       AND ($5::timestamptz IS NULL OR a.at >= $5) AND ($6::timestamptz IS NULL OR a.at < $6)
       AND ($7::uuid IS NULL OR a.id < $7)
     ORDER BY a.id DESC LIMIT $8`,
    [
      isId ? actor : null,
      actor && !isId ? containing(actor) : null,
      action ?? null,
      target ? containing(target) : null,
      from ?? null,
      to ?? null,
      cursor ?? null,
      limit + 1,
    ],
  );
  const items = rows.slice(0, limit).map((row) => present(camelRow<Row>(row)));
  return { items, nextCursor: rows.length > limit ? items.at(-1)!.id : null };
}

const present = (row: Row): AuditItem => ({
  id: row.id,
  at: row.at.toISOString(),
  actor: { id: row.actorId, name: row.actorName },
  action: row.action,
  target: row.targetKind === null ? null : { kind: row.targetKind, id: row.targetId, name: row.targetName },
  detail: row.detail,
});
