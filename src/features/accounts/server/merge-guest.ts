/** Signing in while being a guest: what the guest has goes to the account, and the guest goes. */
import { inTransaction, sqlState } from '#platform/database/database.ts';
import type { Services } from '#platform/services.ts';
import { leaveAddress } from './guest-address.ts';
import { contextBytes } from './storage/sizes.ts';

/** Adds what user `$1` used, summed up by quarters, to what `$2` used; the rows of `$1` stay until they go. */
export const MOVE_SUMS = `INSERT INTO usage_quarters AS q SELECT $2, quarter, model_id, generations, completed, input_tokens,
                     output_tokens, started, wait_ms FROM usage_quarters WHERE user_id = $1
                   ON CONFLICT (user_id, quarter, model_id) DO UPDATE SET
                     generations = q.generations + excluded.generations, completed = q.completed + excluded.completed,
                     input_tokens = q.input_tokens + excluded.input_tokens,
                     output_tokens = q.output_tokens + excluded.output_tokens,
                     started = q.started + excluded.started, wait_ms = q.wait_ms + excluded.wait_ms`;

/**
 * Every table whose rows belong to a user and move with them, and how. A test compares this list with the foreign
 * keys to `users`, so that a new table cannot be forgotten; four have none.
 */
export const MOVED_TABLES: Record<string, string> = {
  chats: 'UPDATE chats SET user_id = $2 WHERE user_id = $1',
  generations: 'UPDATE generations SET user_id = $2 WHERE user_id = $1',
  outbox: 'UPDATE outbox SET user_id = $2 WHERE user_id = $1',
  files: 'UPDATE files SET owner_id = $2 WHERE owner_id = $1',
  undos: 'UPDATE undos SET user_id = $2 WHERE user_id = $1',
  // After the generations they were counted from.
  usage_quarters: MOVE_SUMS,
  // A guest is alone in their projects.
  project_members: 'UPDATE project_members SET user_id = $2 WHERE user_id = $1',
  api_keys: 'UPDATE api_keys SET user_id = $2 WHERE user_id = $1',
  // The higher one: counters are places in one race, not amounts. A guest with an address has none of their own.
  fair_share: `WITH gone AS (DELETE FROM fair_share WHERE party_id = $1 RETURNING endpoint_id, counter)
               INSERT INTO fair_share (endpoint_id, party_id, counter) SELECT endpoint_id, $2, counter FROM gone
               ON CONFLICT (endpoint_id, party_id) DO UPDATE SET counter = greatest(fair_share.counter, excluded.counter)`,
  ratings: `UPDATE ratings r SET user_id = $2 WHERE user_id = $1 AND NOT EXISTS (
              SELECT FROM ratings o WHERE o.message_id = r.message_id AND o.user_id = $2)`,
  preferences: 'UPDATE preferences SET user_id = $2 WHERE user_id = $1',
  // An account that has instructions keeps its own: those of the guest go, and what they took is given back before it is moved.
  context_versions: `WITH own AS (SELECT FROM context_versions WHERE kind = 'personal' AND owner_id = $2 LIMIT 1),
    moved AS (
      UPDATE context_versions SET created_by = $2, owner_id = CASE
        WHEN kind = 'personal' AND NOT EXISTS (SELECT FROM own) THEN $2 ELSE owner_id END
      WHERE created_by = $1
    ), dropped AS (
      SELECT sum(${contextBytes('v')}) AS bytes FROM context_versions v
      WHERE kind = 'personal' AND owner_id = $1 AND EXISTS (SELECT FROM own)
    )
    UPDATE storage SET bytes = greatest(0, storage.bytes - dropped.bytes) FROM dropped
    WHERE owner_id = $1 AND dropped.bytes IS NOT NULL`,
  shares: 'UPDATE shares SET user_id = $2 WHERE user_id = $1',
  agents: 'UPDATE agents SET owner_id = $2 WHERE owner_id = $1',
  agent_versions: 'UPDATE agent_versions SET created_by = $2 WHERE created_by = $1',
  storage: `WITH gone AS (DELETE FROM storage WHERE owner_id = $1 RETURNING bytes, chats)
            INSERT INTO storage (owner_id, bytes, chats) SELECT $2, bytes, chats FROM gone
            ON CONFLICT (owner_id) DO UPDATE SET
              bytes = storage.bytes + excluded.bytes, chats = storage.chats + excluded.chats`,
};
/** Tables whose rows end with the guest. */
export const ENDING_TABLES = ['sessions', 'accounts', 'two_factors', 'sign_in_challenges'];

/** An account that has chosen no language reads the one that was chosen as a guest. */
const KEEP_LANGUAGE = `UPDATE users a SET language = g.language FROM users g
  WHERE g.id = $1 AND a.id = $2 AND a.language IS NULL AND g.language IS NOT NULL`;

/** A guest who sends while signing in can deadlock with the move; PostgreSQL then ends one of the two. */
const ATTEMPTS = 5;
const DEADLOCK = '40P01';

/** Moves everything of a guest to an account and removes the guest, in one transaction. False, and nothing happens, when it is no guest. */
export async function mergeGuest(services: Services, guestId: string, accountId: string): Promise<boolean> {
  for (let attempt = 1; ; attempt++)
    try {
      return await move(services, guestId, accountId);
    } catch (error) {
      if (attempt === ATTEMPTS || sqlState(error) !== DEADLOCK) throw error;
    }
}

function move({ db }: Services, guestId: string, accountId: string): Promise<boolean> {
  return inTransaction(db, async (client) => {
    // The lock waits for what the guest is just sending, and whatever comes later fails for want of the user.
    const guest = await client.query('SELECT FROM users WHERE id = $1 AND is_anonymous FOR UPDATE', [
      guestId,
    ]);
    if (!guest.rowCount) return false;
    await leaveAddress(client, guestId);
    for (const statement of Object.values(MOVED_TABLES)) await client.query(statement, [guestId, accountId]);
    await client.query(KEEP_LANGUAGE, [guestId, accountId]);
    await client.query('DELETE FROM users WHERE id = $1', [guestId]);
    return true;
  });
}
