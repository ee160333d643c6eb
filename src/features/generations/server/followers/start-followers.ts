import { inTransaction, type Tx } from '#platform/database/database.ts';
import { camelRow } from '#platform/database/rows.ts';
import { repeat } from '#platform/repeat.ts';
import type { Services } from '#platform/services.ts';
import { TOPICS } from '#platform/signals.ts';
import { columnsOf, type GenerationRow } from '../generation-columns.ts';
import type { Follower } from './when-ended.ts';

/** The first wait after a failure, and the longest; doubled in between. */
const RETRY_SECONDS = { first: 1, longest: 3600 };

/**
 * Hands the follow-ups of generations that have ended to their followers, one after the other; several processes may do
 * this. It is told of ends as they come, and looks for itself now and then: for what it was not told of, for what failed
 * before, and for what a killed process has left. Kinds without a follower here are left to who has one. Returns how to
 * stop.
 */
export function startFollowers(
  services: Pick<Services, 'db' | 'bus' | 'log' | 'clock'>,
  followers: readonly Follower[],
): () => Promise<void> {
  if (followers.length === 0) return async () => {};
  const { db, bus, log, clock } = services;
  const byKind = new Map(followers.map((one) => [one.kind, one]));
  const ended = new Set<string>();
  let lastLook = -Infinity;

  async function look(): Promise<void> {
    const told = [...ended];
    ended.clear();
    if (told.length > 0) while (await handOver(told));
    // Also where ends are told of all the time.
    if (performance.now() - lastLook < clock.followersLookMs) return;
    lastLook = performance.now();
    while (await handOver(null));
  }

  /** Hands over one that is due, of all or of some generations; false when there is none. */
  function handOver(generationIds: string[] | null): Promise<boolean> {
    return inTransaction(db, async (client, afterCommit) => {
      const due = await takeDue(client, [...byKind.keys()], generationIds);
      if (!due) return false;
      await client.query('SAVEPOINT handler');
      const told: (() => void)[] = [];
      try {
        await byKind.get(due.kind)!.run(client, due.generation, due.input, (then) => void told.push(then));
        await client.query('DELETE FROM generation_followers WHERE id = $1', [due.id]);
        for (const then of told) afterCommit(then);
      } catch (error) {
        log.error({ err: error, kind: due.kind, generationId: due.generation.id }, 'a follow-up failed');
        await client.query('ROLLBACK TO SAVEPOINT handler');
        await putOff(client, due.id);
      }
      return true;
    });
  }

  const looking = repeat(look, clock.followersLookMs, (error) =>
    log.warn({ err: error }, 'follow-ups could not be handed over; they are looked for again'),
  );
  const off = bus.subscribe(TOPICS.ended, ({ generationId }) => {
    if (typeof generationId !== 'string') return;
    ended.add(generationId);
    looking.soon();
  });
  looking.soon();
  return async () => {
    off();
    await looking.stop();
  };
}

type Due = { id: string; kind: string; input: unknown; generation: GenerationRow };

/** Locks one that is due and that nobody else is handing over. */
async function takeDue(client: Tx, kinds: string[], generationIds: string[] | null): Promise<Due | null> {
  const { rows } = await client.query<Omit<Due, 'generation'> & { generation_id: string }>(
    `SELECT f.id, f.kind, f.input, f.generation_id FROM generation_followers f
     JOIN generations g ON g.id = f.generation_id
     WHERE ${generationIds ? 'f.generation_id = ANY ($2::uuid[]) AND' : '$2::uuid[] IS NULL AND'} f.kind = ANY ($1)
       AND f.try_at <= now() AND g.finished_at IS NOT NULL
     ORDER BY f.try_at LIMIT 1 FOR UPDATE OF f SKIP LOCKED`,
    [kinds, generationIds],
  );
  const row = rows[0];
  if (!row) return null;
  const found = await client.query<Record<string, unknown>>(
    `SELECT ${columnsOf('g')} FROM generations g WHERE g.id = $1`,
    [row.generation_id],
  );
  return { ...row, generation: camelRow<GenerationRow>(found.rows[0]!) };
}

const putOff = (client: Tx, id: string): Promise<unknown> =>
  client.query(
    `UPDATE generation_followers SET failures = failures + 1,
       try_at = now() + make_interval(secs => least($3::float8, $2::float8 * power(2, least(failures, 20))))
     WHERE id = $1`,
    [id, RETRY_SECONDS.first, RETRY_SECONDS.longest],
  );
