/** What a test run came to. Skipped tests must say why, so that a hole in the proof is never silent. */
import { writeFileSync } from 'node:fs';

export type Tally = {
  passed: number;
  /** Of those, what failed at first. */
  passedOnlyAgain: string[];
  failed: number;
  skipped: string[];
  skippedWithoutReason: string[];
};

export const emptyTally = (): Tally => ({
  passed: 0,
  passedOnlyAgain: [],
  failed: 0,
  skipped: [],
  skippedWithoutReason: [],
});

/** Leaves it where `npm test` adds it up; without TALLY_FILE nobody asked. */
export function writeTally(tally: Tally): void {
  if (process.env.TALLY_FILE) writeFileSync(process.env.TALLY_FILE, JSON.stringify(tally));
}
