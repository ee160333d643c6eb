import { inTransaction, type Tx } from '#platform/database/database.ts';
import type { Services } from '#platform/services.ts';
import { LOCKS } from '#platform/signals.ts';
import type { Due } from './due.ts';
import { indexChats } from './index-chats.ts';
import { indexMessages } from './index-messages.ts';

/** Entered in one transaction; so many take a tenth of a second or two, which is how long others may have to wait. */
const BATCH = 100;
/** Content of a batch, as it is stored: large texts are a batch of their own. */
const BATCH_BYTES = 300_000;
/**
 * A process that stands still in the middle of it must not keep others from it, nor may one statement; with a text that takes longer
 * something is wrong.
 */
const SESSION = Object.entries({
  idle_in_transaction_session_timeout: '5s',
  statement_timeout: '20s',
  // What a crash takes back is due again.
  synchronous_commit: 'off',
})
  .map(([setting, value]) => `SET LOCAL ${setting} = '${value}'`)
  .join(';');

/** What was found, and how many bytes of content were entered. */
export type Batch = { found: 'none' | 'others' | 'soon' | 'bulk'; bytes: number };

/**
 * Enters the next few that are due into the index, and crosses them off in the same transaction: whatever becomes of the process, what
 * is not in the index stays due. One process at a time does this, in the order in which things changed, so that none overtakes a newer one.
 * Says what it found: `none` due, or that `others` are at it.
 */
export function indexBatch({ db }: Pick<Services, 'db'>, most = BATCH): Promise<Batch> {
  return inTransaction(db, async (tx) => {
    tx.query(SESSION).catch(() => {});
    const { rows } = await tx.query<{ got: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS got', [
      LOCKS.searchIndex,
    ]);
    if (!rows[0]!.got) return { found: 'others', bytes: 0 };
    const due = await takeDue(tx, most);
    if (due.length === 0) return { found: 'none', bytes: 0 };
    await indexChats(tx, due);
    await indexMessages(tx, due);
    await crossOff(tx, due);
    return { found: due[0]!.bulk ? 'bulk' : 'soon', bytes: due.reduce((sum, { bytes }) => sum + bytes, 0) };
  });
}

async function takeDue(tx: Tx, most: number): Promise<Due[]> {
  const { rows } = await tx.query<Due>({
    name: 'search-take-due',
    text: `SELECT bulk, id, chat_id AS "chatId", message_id AS "messageId", whole, bytes FROM (
             SELECT d.*, size.bytes, row_number() OVER in_order AS place, sum(size.bytes) OVER in_order AS up_to
             FROM (SELECT * FROM search_due WHERE try_at <= now() ORDER BY bulk, id LIMIT $1) d
               LEFT JOIN messages m ON m.id = d.message_id
               CROSS JOIN LATERAL (SELECT coalesce(pg_column_size(m.content), 0) AS bytes) size
             WINDOW in_order AS (ORDER BY d.bulk, d.id)
           ) next WHERE place = 1 OR up_to <= ${BATCH_BYTES} ORDER BY bulk, id`,
    values: [most],
  });
  return rows.filter(({ bulk }) => bulk === rows[0]!.bulk);
}

const crossOff = (tx: Tx, due: readonly Due[]): Promise<unknown> =>
  tx.query({
    name: 'search-cross-off',
    text: 'DELETE FROM search_due WHERE bulk = $1 AND id = ANY ($2::bigint[])',
    values: [due[0]!.bulk, due.map(({ id }) => id)],
  });

/** Has the first that is due wait, longer with each failure, an hour at most: one text must not keep all others out of the index. */
export async function putOff({
  db,
}: Pick<Services, 'db'>): Promise<Pick<Due, 'chatId' | 'messageId'> | null> {
  const { rows } = await db.$client.query<Pick<Due, 'chatId' | 'messageId'>>(
    `UPDATE search_due SET failures = failures + 1, try_at = now() + make_interval(secs => least(3600, power(2, least(failures, 20))))
     WHERE (bulk, id) = (SELECT bulk, id FROM search_due WHERE try_at <= now() ORDER BY bulk, id LIMIT 1)
     RETURNING chat_id AS "chatId", message_id AS "messageId"`,
  );
  return rows[0] ?? null;
}
