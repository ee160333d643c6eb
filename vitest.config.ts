import { defineConfig } from 'vitest/config';
import LongestFirst from './test/harness/longest-first.ts';

/** Each of these measures something, and another file beside it would be measured as well. One after another, at the end. */
const ALONE = [
  // Stopped → the upstream's socket closed, within 100 ms.
  'test/queue/cancel.test.ts',
  'test/provider-aborts.test.ts',
  'src/platform/outbound/outbound-request.test.ts',
  // What a server holds in memory for slow readers, which is more where the quick one is kept from reading.
  'test/faults-readers.test.ts',
  // What reading hostile text takes, in milliseconds.
  'test/hostile-text.test.ts',
  // How long the event loop stands still for what is large.
  'test/large-things.test.ts',
];

/** A page keeps its state in its modules, as one page does, and its tests replace some of them: each file has its own. */
const PAGE = [
  'src/web/**/*.test.{ts,tsx}',
  'src/page/**/*.test.{ts,tsx}',
  'src/features/*/web/**/*.test.{ts,tsx}',
];

export default defineConfig({
  test: {
    globalSetup: ['test/harness/provide-postgres.ts'],
    setupFiles: ['test/harness/quicken.ts'],
    // Real servers and real processes on a machine that may be busy: the bound is for what hangs, not for what is slow.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: ['default', './test/harness/tally-vitest.ts'],
    // On a machine that is shared and slow; what passes only then is named in the end.
    retry: process.env.CI ? 1 : 0,
    pool: 'forks',
    // The server is loaded once per worker, not once per file, which took as long as most files' tests.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'bench/**/*.test.ts'],
          exclude: [...ALONE, ...PAGE],
          // Vitest would leave one core of two to itself; most of what tests do is to wait.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: { name: 'page', include: PAGE, isolate: true, maxWorkers: 2, sequence: { groupOrder: 1 } },
      },
      {
        extends: true,
        test: { name: 'alone', include: ALONE, maxWorkers: 1, sequence: { groupOrder: 2 } },
      },
    ],
  },
});
