import type { Tx } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import type { Principal } from '#platform/principal.ts';
import type { Bulk } from '../../order.ts';
import { dropBeyond } from './access.ts';
import type { ChangedChat } from './change-many.ts';

/** Of one user: what they can take back at a time. What they did before that stays done. */
const MOST_CHATS = 500_000;

/** Keeps what was done to chats, and how each was before; returns what takes it back. */
export async function keepUndo(
  tx: Tx,
  { userId }: Principal,
  { action, tag }: Bulk,
  changed: readonly ChangedChat[],
): Promise<string> {
  const id = newId();
  await tx.query(
    `INSERT INTO undos (id, user_id, action, tag, chats, count) VALUES ($1, $2, $3, $4, $5, $6)`,
    [id, userId, action, tag, JSON.stringify(changed.map(({ before }) => before)), changed.length],
  );
  await dropBeyond(tx, userId, MOST_CHATS);
  return id;
}
