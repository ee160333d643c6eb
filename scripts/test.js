/**
 * `npm test`: every test, browser tests included, after the same set-up as `npm start`. With arguments
 * (`npm test -- src/platform`) only vitest runs, with these.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { buildWeb } from './steps/build-web.js';
import { findNode, NODE_FLAGS } from './steps/find-node.js';
import { install } from './steps/install.js';
import { inRoot, say } from './steps/paths.js';
import { main, run } from './steps/run.js';

await main(async () => {
  await install({ withTests: true });
  await buildWeb();
  const chosen = process.argv.slice(2);
  const runs = [await runTests('vitest', inRoot('node_modules/vitest/vitest.mjs'), ['run', ...chosen])];
  if (chosen.length === 0 && hasBrowserTests())
    runs.push(await runTests('playwright', inRoot('node_modules/@playwright/test/cli.js'), ['test']));
  return conclude(runs);
});

function hasBrowserTests() {
  if (!existsSync(inRoot('e2e'))) return false;
  return readdirSync(inRoot('e2e'), { recursive: true }).some((name) => /\.spec\.ts$/.test(name));
}

/** Runs one test program on the right Node; its own reporter leaves the count in a file. */
async function runTests(name, program, args) {
  const node = findNode();
  const folder = mkdtempSync(join(tmpdir(), 'parley-tally-'));
  const file = join(folder, 'tally.json');
  const env = {
    ...process.env,
    PATH: `${dirname(node)}${delimiter}${inRoot('node_modules/.bin')}${delimiter}${process.env.PATH}`,
    TALLY_FILE: file,
  };
  try {
    const code = await run(node, [...NODE_FLAGS, program, ...args], { env });
    const tally = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
    return { name, code, tally };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Prints the closing line and returns the exit code. */
function conclude(runs) {
  const all = (key) => runs.flatMap(({ tally }) => tally?.[key] ?? []);
  const sum = (key) => all(key).reduce((total, count) => total + count, 0);
  for (const reason of all('skipped')) say(`not run: ${reason}`);
  for (const name of all('skippedWithoutReason')) say(`skipped without a stated reason: ${name}`);
  for (const name of all('passedOnlyAgain')) say(`passed only when tried again: ${name}`);
  // A program that ended badly without a failed test (it crashed, it found none) is a failure as well.
  const broken = runs.filter(({ code, tally }) => !tally || (code !== 0 && tally.failed === 0));
  for (const { name, code } of broken) say(`${name} ended with exit code ${code}`);
  const failed = sum('failed') + all('skippedWithoutReason').length + broken.length;
  const skipped = all('skipped').length;
  console.log(`${sum('passed')} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
  return failed === 0 ? 0 : 1;
}
