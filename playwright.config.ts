import { defineConfig } from '@playwright/test';
import { findBrowser } from './test/harness/browser.ts';

// Looked for once; the workers, which read this file again, are told by the environment.
const found = process.env.PARLEY_TEST_BROWSER;
const browser = found ? JSON.parse(found) : await findBrowser();
process.env.PARLEY_TEST_BROWSER = JSON.stringify(browser);

export default defineConfig({
  testDir: 'e2e',
  globalSetup: './test/harness/provide-postgres.ts',
  outputDir: 'test-results',
  timeout: 60_000,
  expect: { timeout: 15_000 },
  // Stories mostly wait for one another's words. Each worker has a server of its own, so that stories need not follow a file.
  workers: 2,
  fullyParallel: true,
  reporter: [['list'], ['./test/harness/tally-playwright.ts']],
  // On a machine that is shared and slow; what passes only then is named in the end.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: true,
  use: {
    browserName: 'chromium',
    locale: 'en-US',
    viewport: { width: 1440, height: 900 },
    // Recording every story takes a fifth of all they take: `--trace retain-on-failure` where one fails.
    trace: 'on-first-retry',
    launchOptions: {
      executablePath: browser.path,
      env: { ...(process.env as Record<string, string>), ...browser.environment },
    },
  },
});
