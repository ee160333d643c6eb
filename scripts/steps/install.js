/** Installs the packages when they are missing or older than the lock file says. Needs the network only then. */
import { existsSync, readFileSync } from 'node:fs';
import { inRoot, StepError, say } from './paths.js';
import { prune } from './prune.js';
import { runStep } from './run.js';

/**
 * npm runs on whatever Node is there, the packages on the one that comes with them: its warnings about the former would
 * frighten for nothing.
 */
const QUIET = ['--loglevel=error', '--no-fund', '--no-audit', '--no-update-notifier'];

/** Makes node_modules fit package-lock.json; `withTests`: what only tests and checks need as well. */
export async function install({ withTests }) {
  const missing = missingPackages(withTests);
  if (missing.length === 0) return;
  const fresh = !existsSync(inRoot('node_modules'));
  say(
    fresh
      ? 'Installing packages (first start: a minute or two) …'
      : `Installing ${missing.length} packages that are new or changed …`,
  );
  // An existing folder is mended, not emptied: a Parley may be running from it.
  const mend = ['install', '--no-save'];
  await runNpm([...(fresh ? ['ci'] : mend), ...(withTests ? ['--include=dev'] : ['--omit=dev']), ...QUIET]);
  prune();
  const still = missingPackages(withTests);
  if (still.length > 0)
    throw new StepError(
      `npm did not install ${still.slice(0, 5).join(', ')}. Delete node_modules and try again.`,
    );
}

/** Names of what the lock file asks for and node_modules does not have in that version. */
function missingPackages(withTests) {
  const wanted = readJson('package-lock.json').packages;
  const found = readJson('node_modules/.package-lock.json')?.packages ?? {};
  return Object.entries(wanted)
    .filter(([path, { optional, dev, link }]) => path && !optional && !link && (withTests || !dev))
    .filter(([path, { version }]) => found[path]?.version !== version || !existsSync(inRoot(path)))
    .map(([path]) => path.replace(/^.*node_modules\//, ''));
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(inRoot(path), 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}

async function runNpm(args) {
  // Under npm this is its own script, run by the Node it was started with; else whatever npm is on the path.
  const script = process.env.npm_execpath;
  if (script?.endsWith('.js')) return runStep('npm', process.execPath, [script, ...args]);
  const windows = process.platform === 'win32';
  await runStep('npm', windows ? 'npm.cmd' : 'npm', args, { shell: windows });
}
