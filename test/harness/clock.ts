/** Clocks for tests, which need not live through the waits of production. */
import { type Clock, REAL_CLOCK } from '#platform/clock.ts';

/**
 * The waits of production, four to ten times shorter. A lease still outlives a process that stands still for two seconds,
 * as one does on a machine that is busy with other tests. Jobs begin no earlier, as most tests have none, and the health of
 * endpoints is looked at no earlier, as that changes what a test has just made.
 */
export const QUICK_CLOCK: Clock = {
  ...REAL_CLOCK,
  leaseMs: 4_000,
  heartbeatMs: 500,
  recentBeatMs: 800,
  caretakerLookMs: 100,
  claimPollMs: 1_000,
  cancelPatienceMs: 1_000,
  cancelLookMs: 50,
  drainMs: 4_000,
  restartHintMs: 1_000,
  sweepMs: 200,
  principalWatchMs: 250,
  probeTickMs: 50,
  circuitFirstWaitMs: 300,
  endpointCacheMs: 300,
  callRetryMs: 25,
  followersLookMs: 500,
  jobStartRetryMs: 500,
  jobPollMs: 500,
  jobHeartbeatMs: 10_000,
  jobSuperviseMs: 1_000,
  jobStopMs: 1_000,
};
