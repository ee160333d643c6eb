/** The queue without providers: people, endpoints, and the functions that enqueue, claim and end, called directly. */
import { BUILT_IN_LIMITS } from '#features/accounts/server/index.ts';
import { type Claimed, claim } from '#features/generations/server/queue/claim.ts';
import { enqueue } from '#features/generations/server/queue/enqueue.ts';
import { queueOrder } from '#features/generations/server/queue/queue-order.ts';
import { finishGeneration } from '#features/generations/server/run/finish-generation.ts';
import { inTransaction } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import type { TestDatabase } from '#test/harness/database.ts';

export type Line = ReturnType<typeof createLine>;

/** Works on `database`, which must be nobody else's: every call of `clear` empties it. */
export function createLine({ db }: TestDatabase) {
  const pool = db.$client;
  return {
    pool,
    async clear() {
      await pool.query('TRUNCATE users, endpoints, generations, fair_share, storage CASCADE');
      await pool.query(`UPDATE instance SET settings = '{}'`);
    },
    async user(
      limits: { weight?: number; maxConcurrent?: number; guestAddress?: string } = {},
    ): Promise<string> {
      const id = newId();
      await pool.query(
        `INSERT INTO users (id, name, email, weight, max_concurrent, is_anonymous, guest_address)
         VALUES ($1, $2, $2, $3, $4, $5::uuid IS NOT NULL, $5)`,
        [id, id, limits.weight ?? null, limits.maxConcurrent ?? 1000, limits.guestAddress ?? null],
      );
      return id;
    },
    async endpoint(slots: number): Promise<string> {
      const id = newId();
      await pool.query(`INSERT INTO endpoints (id, name, kind, slots) VALUES ($1, $2, 'scripted', $3)`, [
        id,
        `e${id}`,
        slots,
      ]);
      return id;
    },
    setSlots: (endpointId: string, slots: number) =>
      pool.query('UPDATE endpoints SET slots = $2 WHERE id = $1', [endpointId, slots]),
    /** Queues one; `input` is what reading it costs. */
    async enqueue(endpointId: string, userId: string, more: { class?: number; input?: number } = {}) {
      const id = newId();
      const model = {
        endpointId,
        endpointName: 'e',
        kind: 'scripted',
        modelName: 'm',
        modelId: 'e/m',
        contextWindow: null,
        tellsWindow: false,
        maxQueued: 1_000_000,
        draining: false,
      };
      await inTransaction(db, (client) =>
        enqueue(
          client,
          {
            id,
            userId,
            model,
            parameters: {},
            inputCharacters: (more.input ?? 0) * 4,
            class: more.class ?? 0,
          },
          'test',
        ),
      );
      return id;
    },
    claim: (endpointId: string, workerId = newId()): Promise<Claimed[]> => claim(db, endpointId, workerId),
    /** Ends one as completed, at this real cost; false when it was not ours any more. */
    async finish(claimed: Pick<Claimed, 'id' | 'epoch'>, cost: number): Promise<boolean> {
      const metadata = {
        model: 'e/m',
        inputTokens: cost,
        outputTokens: 0,
        ttftMs: 1,
        durationMs: 1000,
      };
      const reply = {
        seq: 0,
        content: [],
        state: 'running' as const,
        error: null,
        metadata: null,
        finishReason: null,
        context: null,
      };
      const ending = {
        state: 'completed' as const,
        error: null,
        finishReason: 'stop',
        metadata,
        cost,
        context: null,
      };
      return (await finishGeneration(pool, claimed, ending, { reply, unlogged: [] }, 'test')) !== null;
    },
    order: async (endpointId: string) => (await queueOrder(pool, endpointId)).map((waiting) => waiting.id),
    async counter(endpointId: string, userId: string): Promise<number> {
      const { rows } = await pool.query(
        'SELECT counter FROM fair_share WHERE endpoint_id = $1 AND party_id = $2',
        [endpointId, userId],
      );
      return rows[0]?.counter ?? 0;
    },
  };
}

export const DEFAULT_MAX_CONCURRENT = BUILT_IN_LIMITS.maxConcurrent;
