/** Admission: a send joins the line when it is within every bound and there is a place, or somebody gives way. */
import type { ResolvedModel } from '#features/endpoints/server/index.ts';
import type { GenerationError } from '#features/messages/endings.ts';
import type { AfterCommit, Tx } from '#platform/database/database.ts';
import type { Principal } from '#platform/principal.ts';
import { toDetail } from '#platform/sentences.ts';
import type { Services } from '#platform/services.ts';
import { isBidden, partyOf } from '../queue/fair-share.ts';
import { type FullLine, lineIsFull, readHoldings } from '../queue/line-places.ts';
import { checkLimits } from '../queue/send-limits.ts';
import { whoGivesWay } from '../queue/who-gives-way.ts';
import { say } from '../say.ts';
import { endIn } from './end-from-outside.ts';

/** What is said of a reply that lost its place. */
const gaveWay = (endpoint: string): GenerationError => ({
  code: 'queue_full',
  ...toDetail(say('gave_way', { endpoint })),
  retryable: true,
});

/**
 * Lets a send join the line of `model`, or refuses it: 429 `rate_limited` and 503 as `checkLimits` does, 503 `queue_full` when
 * the line is full and nobody holds more places than the sender. Else the newest entry of whoever holds most ends with this
 * transaction, `failed` with `queue_full`; its readers are told after that. Call it in the transaction that enqueues.
 */
export async function admit(
  tx: Tx,
  services: Pick<Services, 'config' | 'bus'>,
  asker: Principal,
  model: Pick<ResolvedModel, 'endpointId' | 'endpointName'>,
  afterCommit: AfterCommit,
): Promise<void> {
  const full = await checkLimits(tx, services, asker, model);
  if (!full) return;
  const party = whoGivesWay(full, await readHoldings(tx, full.endpointId));
  const entry = party && (await newestOf(tx, full, party));
  if (!entry) throw await lineIsFull(tx, full);
  const ending = { state: 'failed', error: gaveWay(full.endpointName) } as const;
  const tell = await endIn(tx, services.bus, entry, `g.state = 'queued'`, ending);
  if (!tell) throw await lineIsFull(tx, full);
  afterCommit(tell);
}

/**
 * The newest of the least urgent that the party has waiting there. One that is just being claimed or stopped is passed
 * over, so that this waits for nobody who may wait for the sender.
 */
async function newestOf(tx: Tx, { endpointId }: FullLine, party: string): Promise<string | undefined> {
  const { rows } = await tx.query<{ id: string }>({
    name: 'newest-of-party',
    text: `SELECT g.id FROM generations g
           WHERE g.endpoint_id = $1 AND g.state = 'queued' AND ${partyOf('g')} = $2 AND ${isBidden('g')}
           ORDER BY g.class DESC, g.ordinal DESC LIMIT 1 FOR UPDATE SKIP LOCKED`,
    values: [endpointId, party],
  });
  return rows[0]?.id;
}
