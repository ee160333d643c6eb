/** How many retries an endpoint is given: a share of the calls it gets, so that one that is dying is not hammered. */

/** Retries per first call, in the long run, and as many at once. */
const SHARE = 0.2;
const RESERVE = 10;

export type RetryBudget = {
  /** A generation is about to call the endpoint for the first time. */
  called(endpointId: string): void;
  /** Spends one retry; false when there is none left. */
  mayRetry(endpointId: string): boolean;
};

/** Creates the budget of one worker process. */
export function createRetryBudget(): RetryBudget {
  const left = new Map<string, number>();
  const leftFor = (endpointId: string) => left.get(endpointId) ?? RESERVE;
  return {
    called(endpointId) {
      left.set(endpointId, Math.min(RESERVE, leftFor(endpointId) + SHARE));
    },
    mayRetry(endpointId) {
      const before = leftFor(endpointId);
      if (before < 1) return false;
      left.set(endpointId, before - 1);
      return true;
    },
  };
}
