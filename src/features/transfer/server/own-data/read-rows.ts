import type { Tx } from '#platform/database/database.ts';

/** Rows held at a time. Of those that are large, versions of instructions say, these are some megabytes. */
const ROWS_AT_A_TIME = 10;

type Row = Record<string, unknown>;

/** The rows that a statement finds for user `$1`, a few at a time, by a cursor in the transaction. */
export async function* readRows<T = Row>(tx: Tx, text: string, userId: string): AsyncGenerator<T> {
  // One reads at a time in a snapshot, so that one name is enough.
  await tx.query(`DECLARE own_rows NO SCROLL CURSOR FOR ${text}`, [userId]);
  for (;;) {
    const { rows } = await tx.query(`FETCH ${ROWS_AT_A_TIME} FROM own_rows`);
    for (const row of rows) yield row as T;
    if (rows.length < ROWS_AT_A_TIME) break;
  }
  await tx.query('CLOSE own_rows');
}
