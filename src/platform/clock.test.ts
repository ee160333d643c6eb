import { expect, test } from 'vitest';
import { QUICK_CLOCK } from '#test/harness/clock.ts';
import { clockProblems, REAL_CLOCK } from './clock.ts';

test.each([
  ['the real clock', REAL_CLOCK],
  ['the quick clock of the tests', QUICK_CLOCK],
])('%s fits together', (_name, clock) => {
  expect(clockProblems(clock)).toEqual([]);
});

test.each([
  [{ leaseMs: 5_999 }, 'three heartbeats fit into a lease'],
  [{ recentBeatMs: 2_000 }, 'a living worker has always beaten recently'],
  [{ recentBeatMs: 15_000 }, 'a worker whose lock is gone is not waited for longer than its lease'],
  [{ caretakerLookMs: 3_001 }, 'the caretaker looks no less often than workers are judged'],
  [{ freshClaimMs: 15_000 }, 'a claim that is believed without a look still holds'],
  [{ cancelLookMs: 3_000 }, 'an ending is looked for before patience ends'],
  [{ principalWatchMs: 1_001 }, 'a stream closes within 2 s, also when a look takes as long as a wait'],
  [{ probeTickMs: 2_001 }, 'an open circuit is seen within its shortest wait'],
  [{ circuitFirstWaitMs: 60_001 }, 'the shortest wait of a circuit is not its longest'],
  [{ downCheckMs: 60_001 }, 'who is down is looked at no less often than who is up'],
  [{ jobHeartbeatMs: 9_999 }, 'a job is left to its worker for at least 10 s'],
  [{ jobPollMs: 499 }, 'jobs are looked for twice a second at most'],
  [{ sweepMs: 0 }, 'every wait is above 0'],
])('%j is told not to fit', (change, problem) => {
  expect(clockProblems({ ...REAL_CLOCK, ...change })).toEqual([problem]);
});
