import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { admin } from './harness/accounts.ts';
import { makeFolder } from './harness/make.ts';
import { startParleyProcess } from './harness/process.ts';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));
/** Spread over what a first start does: making the database, starting it, migrating, listening. */
const KILLED_AFTER_MS = [300, 700, 1200, 1800, 2500];

it('a first start that is killed at any moment is completed by the next', { timeout: 240_000 }, async () => {
  const dataDir = await makeFolder(onTestFinished);
  for (const ms of KILLED_AFTER_MS) {
    const child = spawn(process.execPath, [MAIN, 'serve'], {
      cwd: tmpdir(),
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        PORT: '0',
        DATA_DIR: dataDir,
        DISCOVER_LOCAL: 'off',
      },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const ended = once(child, 'exit');
    // On a quick machine the start is over before the last of them; what comes then is only waiting.
    const ready = once(child.stdout, 'data');
    await Promise.race([ready, new Promise((resolve) => setTimeout(resolve, ms))]);
    child.kill('SIGKILL');
    await ended;
  }
  const parley = await startParleyProcess({ dataDir });
  onTestFinished(async () => void (await parley.stop()));
  await admin(parley.url);
  expect((await fetch(`${parley.url}/readyz`)).status).toBe(200);
});
