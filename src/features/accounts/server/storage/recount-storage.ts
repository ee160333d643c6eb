/** Keeping the counts of storage true: what is compared with them now and then, and what nobody owns any more. */
import type { Services } from '#platform/services.ts';
import {
  agentBytes,
  chatBytes,
  contextBytes,
  messageBytes,
  openingBytes,
  originalBytes,
  outboxBytes,
  shareBytes,
} from './sizes.ts';

/** Users looked at in one go: those whose count was compared longest ago. */
const BATCH = 50;

type Drift = { ownerId: string; bytes: number; chats: number };

/**
 * Compares the counts of some users with what they really have, and corrects them; then those of addresses, and forgets
 * owners who are gone. Locks nothing while it reads: counter and stored rows change in one transaction, so that what they
 * differ by in one snapshot is the drift, whatever happens meanwhile.
 */
export async function recountStorage(services: Pick<Services, 'db' | 'reports' | 'log'>): Promise<void> {
  const { rows } = await services.db.$client.query<{ ownerId: string }>(
    `SELECT s.owner_id AS "ownerId" FROM storage s JOIN users u ON u.id = s.owner_id
     ORDER BY s.counted_at LIMIT ${BATCH}`,
  );
  for (const { ownerId } of rows) {
    const drift = await driftOf(services, ownerId);
    if (drift && (drift.bytes !== 0 || drift.chats !== 0))
      services.log.warn({ userId: ownerId, ...drift }, 'what a user has stored was counted wrongly');
    await correct(services, { ownerId, bytes: drift?.bytes ?? 0, chats: drift?.chats ?? 0 });
  }
  await forgetOwners(services);
  await recountAddresses(services);
}

async function driftOf({ reports }: Pick<Services, 'reports'>, userId: string): Promise<Drift | undefined> {
  const { rows } = await reports.$client.query<Drift>(
    `SELECT s.owner_id AS "ownerId",
       coalesce(chats.bytes, 0) + coalesce(messages.bytes, 0) + coalesce(elsewhere.bytes, 0)
         + coalesce(openings.bytes, 0) + coalesce(contexts.bytes, 0) + coalesce(agents.bytes, 0)
         + coalesce(unsent.bytes, 0) + coalesce(copies.bytes, 0) + coalesce(originals.bytes, 0) + coalesce(kept.bytes, 0)
         - s.bytes AS bytes,
       coalesce(chats.count, 0) - s.chats AS chats
     FROM storage s,
       (SELECT sum(${chatBytes('c')})::bigint AS bytes, count(*)::int FROM chats c WHERE c.user_id = $1) chats,
       (SELECT sum(${messageBytes('m')})::bigint AS bytes FROM messages m JOIN chats c ON c.id = m.chat_id
        WHERE c.user_id = $1 AND m.author_id IS NULL) messages,
       (SELECT sum(${messageBytes('m')})::bigint AS bytes FROM messages m WHERE m.author_id = $1) elsewhere,
       (SELECT sum(${openingBytes('g.opening')})::bigint AS bytes FROM generations g
        WHERE g.user_id = $1 AND g.state IN ('queued', 'running') AND g.message_id IS NOT NULL) openings,
       (SELECT sum(${contextBytes('v')})::bigint AS bytes FROM context_versions v
        WHERE v.created_by = $1 AND v.kind <> 'primary') contexts,
       (SELECT sum(${agentBytes('v')})::bigint AS bytes FROM agent_versions v JOIN agents a ON a.id = v.agent_id
        WHERE v.created_by = $1 AND a.scope <> 'instance') agents,
       (SELECT sum(${outboxBytes('o')})::bigint AS bytes FROM outbox o WHERE o.user_id = $1) unsent,
       (SELECT sum(${shareBytes('h')})::bigint AS bytes FROM shares h WHERE h.user_id = $1) copies,
       (SELECT sum(${originalBytes('o')})::bigint AS bytes FROM originals o JOIN chats c ON c.id = o.chat_id
         WHERE c.user_id = $1) originals,
       (SELECT sum(f.size)::bigint AS bytes FROM files f WHERE f.owner_id = $1) kept
     WHERE s.owner_id = $1`,
    [userId],
  );
  return rows[0];
}

async function correct({ db }: Pick<Services, 'db'>, { ownerId, bytes, chats }: Drift): Promise<void> {
  await db.$client.query(
    `UPDATE storage SET bytes = greatest(0, bytes + $2), chats = greatest(0, chats + $3), counted_at = now()
     WHERE owner_id = $1`,
    [ownerId, bytes, chats],
  );
}

async function forgetOwners({ db }: Pick<Services, 'db'>): Promise<void> {
  await db.$client.query(
    `DELETE FROM storage s WHERE NOT EXISTS (SELECT FROM users u WHERE u.id = s.owner_id)
       AND NOT EXISTS (SELECT FROM users u WHERE u.guest_address = s.owner_id)`,
  );
}

/** An address has what its guests have; it gets back what those had who are gone. */
async function recountAddresses({ db }: Pick<Services, 'db'>): Promise<void> {
  await db.$client.query(
    `WITH drifts AS MATERIALIZED (
       SELECT a.owner_id, coalesce(sum(s.bytes), 0) - a.bytes AS bytes
       FROM storage a JOIN users u ON u.guest_address = a.owner_id LEFT JOIN storage s ON s.owner_id = u.id
       GROUP BY a.owner_id, a.bytes)
     UPDATE storage a SET bytes = greatest(0, a.bytes + drifts.bytes) FROM drifts
     WHERE a.owner_id = drifts.owner_id AND drifts.bytes <> 0`,
  );
}
