/** Claiming: taking as many of the next generations of an endpoint, in fair order, as it has free slots. */

import type { TokenRatios } from '#features/endpoints/server/index.ts';
import { REAL_CLOCK } from '#platform/clock.ts';
import { type Database, inTransaction } from '#platform/database/database.ts';
import { LOCK, pick, take as takeSql } from './claim-sql.ts';

/** A generation this worker may run now, under `epoch`. */
export type Claimed = {
  id: string;
  epoch: number;
  userId: string;
  chatId: string | null;
  messageId: string | null;
  userMessageId: string | null;
  endpointId: string;
  modelName: string;
  modelId: string;
  parameters: Record<string, unknown>;
  projectId: string | null;
  agentId: string | null;
  agentVersion: number | null;
  input: unknown;
  /** What the reply begins with; null for all but continued ones. */
  opening: string | null;
  /** The chat for which it makes a title, where it does just that. */
  titleOf: string | null;
  /** Tokens that the model can read; null where neither its server nor an admin says. */
  contextWindow: number | null;
  /** By how much what its server counts differs from estimates; null until it has counted. */
  tokenRatios: TokenRatios | null;
  queuedAt: Date;
  startedAt: Date;
};

/** Guests cost a claim more to heed, so it is asked for when there are some. */
const STATEMENTS = {
  plain: {
    pick: { name: 'claim-pick', text: pick(false) },
    take: { name: 'claim-take', text: takeSql(false) },
  },
  withGuests: {
    pick: { name: 'claim-pick-with-guests', text: pick(true) },
    take: { name: 'claim-take-with-guests', text: takeSql(true) },
  },
};

/** Between two looks something must have ended or been claimed elsewhere; more in a row than this is not believed. */
const MAX_LOOKS = 10;

/**
 * Claims for one worker, as many as there are free slots, for `leaseMs`. Exact, because every count is made by a statement that
 * begins after the lock it depends on was taken:
 *
 * 1. The endpoint's row is locked, so that the count of what runs there sees every claim that came before, in
 *    whatever process, and never more run than there are slots.
 * 2. The next in fair order are picked, and their users and guests' addresses locked, in one order everywhere: another
 *    endpoint may be claiming for the same ones at this moment.
 * 3. Those are taken whose users, and addresses, still have fewer running than they may. When some were not, the slot may
 *    be another user's, and all of it is done once more.
 */
export async function claim(
  db: Database,
  endpointId: string,
  workerId: string,
  leaseMs: number = REAL_CLOCK.leaseMs,
): Promise<Claimed[]> {
  const claimed: Claimed[] = [];
  for (let look = 0; look < MAX_LOOKS; look++) {
    const { picked, taken } = await take(db, endpointId, workerId, leaseMs);
    claimed.push(...taken);
    if (taken.length === picked) break;
  }
  return claimed;
}

function take(
  db: Database,
  endpointId: string,
  workerId: string,
  leaseMs: number,
): Promise<{ picked: number; taken: Claimed[] }> {
  return inTransaction(db, async (client) => {
    const endpoint = await client.query<{ slots: number; guests: boolean }>({
      name: 'claim-lock',
      text: LOCK,
      values: [endpointId],
    });
    const { slots, guests } = endpoint.rows[0] ?? { slots: 0, guests: false };
    if (!slots) return { picked: 0, taken: [] };
    const statements = guests ? STATEMENTS.withGuests : STATEMENTS.plain;
    const next = await client.query<{ id: string }>({
      ...statements.pick,
      values: [endpointId, slots],
    });
    if (next.rows.length === 0) return { picked: 0, taken: [] };
    const ids = next.rows.map((row) => row.id);
    const { rows } = await client.query<Claimed>({
      ...statements.take,
      values: [endpointId, ids, workerId, leaseMs / 1000],
    });
    return { picked: ids.length, taken: rows };
  });
}
