/** Builds the web page when its sources have changed since it was built. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findNode } from './find-node.js';
import { inRoot, StepError, say } from './paths.js';
import { runStep } from './run.js';

const BUILT = inRoot('dist/web');
/** Inside the built page, so that a page and the sources it was made from are never told apart wrongly. */
const STAMP = '.sources';
/** Folders of src that never end up in the page. Too much in the sum costs a build, too little an old page. */
const SERVER_ONLY = new Set(['server', 'cli', 'providers']);

/** Sees to a page in dist/web that fits the sources. */
export async function buildWeb() {
  if (!existsSync(inRoot('vite.config.ts')))
    return say('There are no sources of the web page; serving the API only.');
  const sum = sourcesSum();
  if (readStamp() === sum) return;
  say('Building the web page …');
  const fresh = `${BUILT}.${process.pid}`;
  try {
    mkdirSync(fresh, { recursive: true });
    const vite = inRoot('node_modules/vite/bin/vite.js');
    await runStep('Building the web page', findNode(), [
      vite,
      'build',
      // Node reads the configuration itself: nothing is written beside it.
      '--configLoader=native',
      '--logLevel=warn',
      `--outDir=${fresh}`,
      '--emptyOutDir',
    ]);
    writeFileSync(join(fresh, STAMP), sum);
    replace(fresh);
  } catch (error) {
    if (error.code === 'EACCES' || error.code === 'EROFS')
      throw new StepError(
        `The web page must be built, but ${inRoot('dist')} cannot be written by this user.`,
      );
    throw error;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** Swapped by renaming: a kill leaves the old page or the new one, and a Parley that serves sees no half of one. */
function replace(fresh) {
  const old = `${BUILT}.old.${process.pid}`;
  if (existsSync(BUILT)) renameSync(BUILT, old);
  renameSync(fresh, BUILT);
  rmSync(old, { recursive: true, force: true });
}

function readStamp() {
  try {
    return readFileSync(join(BUILT, STAMP), 'utf8');
  } catch {
    return '';
  }
}

function sourcesSum() {
  const sum = createHash('sha256');
  for (const path of ['package-lock.json', 'vite.config.ts', ...sourceFiles('src')])
    sum
      .update(`${path}\0`)
      .update(readFileSync(inRoot(path)))
      .update('\0');
  return sum.digest('hex');
}

function sourceFiles(folder) {
  return readdirSync(inRoot(folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return SERVER_ONLY.has(entry.name) ? [] : sourceFiles(path);
      return /\.test\.tsx?$/.test(entry.name) ? [] : [path];
    });
}
