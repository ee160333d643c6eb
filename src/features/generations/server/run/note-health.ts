/** What a run tells about its endpoint: that it works, that it loads, or that it failed before a first token. */
import {
  isSick,
  noteError,
  noteFailure,
  noteLoading,
  noteSuccess,
} from '#features/endpoints/server/index.ts';
import type { Logger } from '#platform/log.ts';
import type { Sentence } from '#platform/sentences.ts';
import type { Services } from '#platform/services.ts';
import type { ProviderOutcome } from '#providers/provider.ts';
import type { Claimed } from '../queue/claim.ts';

export type HealthNotes = {
  firstToken(): void;
  loading(): void;
  /** Call it before the slot is given back: who comes next must find the circuit open. Never throws. */
  ended(outcome: ProviderOutcome, timedOut: Sentence | null): Promise<void>;
};

/** Takes notes for one run. */
export function takeHealthNotes(
  services: Services,
  { endpointId, modelName }: Pick<Claimed, 'endpointId' | 'modelName'>,
  log: Logger,
): HealthNotes {
  let begun = false;
  let loading = false;
  const attempt = (work: Promise<void>) =>
    work.catch((error: Error) => log.warn({ err: error }, 'the health of an endpoint could not be noted'));
  return {
    firstToken() {
      begun = true;
      loading = false;
      void attempt(noteSuccess(services, endpointId));
    },
    loading() {
      loading = true;
      void attempt(noteLoading(services, endpointId));
    },
    async ended(outcome, timedOut) {
      if (!outcome.ok && !timedOut)
        await attempt(noteError(services.db.$client, endpointId, outcome.failure, modelName));
      // Whoever loads a model for too long is there all the same.
      if (begun || loading) return;
      if (timedOut) return attempt(noteFailure(services, endpointId, timedOut));
      if (outcome.ok || !isSick(outcome.failure)) return attempt(noteSuccess(services, endpointId));
      return attempt(noteFailure(services, endpointId, outcome.failure.sentence));
    },
  };
}
