import { generationTopic } from '#platform/live-bus/live-bus.ts';
import type { Services } from '#platform/services.ts';
import type { QueueUpdate, Stage } from '../../stream-events.ts';
import type { Claimed } from '../queue/claim.ts';

/** What readers who join later take a running generation for, until its first words say that it is being written. */
const ASSUMED: Stage = 'thinking';

/**
 * Tells everybody who watches a claimed generation what it is doing. A stage that readers who join later would not
 * assume is stored before it is told; `hasText` tells that there are words by now, which say more than a load.
 */
export function stageTeller(
  services: Services,
  { id, epoch }: Pick<Claimed, 'id' | 'epoch'>,
  hasText: () => boolean,
): (stage: Stage) => void {
  let stored = ASSUMED;
  let before: Promise<unknown> | null = null;

  function tell(stage: Stage): void {
    if (stage === 'loading_model' && hasText()) return;
    const update: QueueUpdate = { position: null, queueSize: null, etaSeconds: null, stage };
    services.bus.publishStream(generationTopic(id), { type: 'queue_update', update });
  }

  return (stage) => {
    // The first words are stored with their stage.
    const mustStore = stage !== stored && stage !== 'writing';
    if (before === null && !mustStore) return tell(stage);
    stored = stage;
    before = (before ?? Promise.resolve())
      .then(() => mustStore && store(services, id, epoch, stage))
      .then(() => tell(stage));
  };
}

/** A failure is none of the reply's: readers that join now are told of the stage a moment later. */
const store = ({ db }: Services, id: string, epoch: number, stage: Stage): Promise<unknown> =>
  db.$client
    .query('UPDATE generations SET stage = $3 WHERE id = $1 AND epoch = $2 AND first_token_at IS NULL', [
      id,
      epoch,
      stage,
    ])
    .catch(() => {});
