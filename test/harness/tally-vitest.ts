import type { Reporter, TestModule } from 'vitest/node';
import { emptyTally, writeTally } from './tally.ts';

/** Counts the tests of vitest; a file that cannot be loaded counts as one failure. */
export default class TallyVitest implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const tally = emptyTally();
    tally.failed += unhandled.length;
    for (const module of modules) {
      tally.failed += module.errors().length;
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (test.diagnostic()?.flaky) tally.passedOnlyAgain.push(test.fullName);
        if (result.state === 'passed') tally.passed++;
        else if (result.state === 'failed') tally.failed++;
        else if (result.state === 'skipped' && result.note)
          tally.skipped.push(`${test.fullName}: ${result.note}`);
        else tally.skippedWithoutReason.push(test.fullName);
      }
    }
    writeTally(tally);
  }
}
