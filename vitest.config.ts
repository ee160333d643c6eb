import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'test/**/*.test.ts', 'bench/**/*.test.ts'],
    globalSetup: ['test/harness/provide-postgres.ts'],
    // Real servers and real processes on a machine that may be busy: the bound is for what hangs, not for what is slow.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: ['default', './test/harness/tally-vitest.ts'],
    // On a machine that is shared and slow; what passes only then is named in the end.
    retry: process.env.CI ? 1 : 0,
    pool: 'forks',
  },
});
