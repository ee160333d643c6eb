/** How fast a run goes: the same faults in the same mix, at the pace of production or at one that a test can wait for. */
import { type Clock, REAL_CLOCK } from '#platform/clock.ts';
import { QUICK_CLOCK } from '#test/harness/clock.ts';

type Range = { readonly least: number; readonly most: number };

export type Pace = {
  /** Of every process of Parley. */
  readonly clock: Clock;
  /** Between two faults. */
  readonly calmMs: Range;
  /** How long what is frozen or a bad network stays so: well below a lease. */
  readonly faultMs: Range;
  /** How long a worker is frozen that is to lose its lease; null: none is. */
  readonly pastLeaseMs: number | null;
  /** Short enough that an upstream that says nothing is over within a run, long enough for a frozen one to come back. */
  readonly firstTokenMs: number;
  readonly idleMs: number;
};

export const REAL_PACE: Pace = {
  clock: REAL_CLOCK,
  calmMs: { least: 300, most: 2500 },
  faultMs: { least: 200, most: 2500 },
  pastLeaseMs: REAL_CLOCK.leaseMs + 2000,
  firstTokenMs: 8000,
  idleMs: 6000,
};

/** A dozen faults in a quarter of a minute. */
export const QUICK_PACE: Pace = {
  clock: QUICK_CLOCK,
  calmMs: { least: 200, most: 900 },
  faultMs: { least: 200, most: 1200 },
  pastLeaseMs: null,
  firstTokenMs: 4000,
  idleMs: 3000,
};
