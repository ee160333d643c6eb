import type { FullResult, Reporter, Suite } from '@playwright/test/reporter';
import { emptyTally, writeTally } from './tally.ts';

/** Counts the browser tests; a run that breaks off (a setup that fails) counts as one failure. */
export default class TallyPlaywright implements Reporter {
  private suite: Suite | undefined;

  onBegin(_config: unknown, suite: Suite): void {
    this.suite = suite;
  }

  onEnd(result: FullResult): void {
    const tally = emptyTally();
    for (const test of this.suite?.allTests() ?? []) {
      const name = test.titlePath().filter(Boolean).join(' › ');
      const reason = test.annotations.find(({ type }) => type === 'skip' || type === 'fixme')?.description;
      if (test.outcome() === 'flaky') tally.passedOnlyAgain.push(name);
      if (['expected', 'flaky'].includes(test.outcome())) tally.passed++;
      else if (test.outcome() !== 'skipped') tally.failed++;
      else if (reason) tally.skipped.push(`${name}: ${reason}`);
      else tally.skippedWithoutReason.push(name);
    }
    if (result.status !== 'passed' && tally.failed === 0) tally.failed = 1;
    writeTally(tally);
  }

  printsToStdio(): boolean {
    return false;
  }
}
