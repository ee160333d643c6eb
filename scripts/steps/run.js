/** Runs other programs, passes on the signals to stop, and waits for their end. */
import { spawn } from 'node:child_process';
import { ROOT, StepError } from './paths.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const NPM_POLL_MS = 300;
/** Ended by a signal, as shells write it. */
const SIGNAL_EXIT = { SIGHUP: 129, SIGINT: 130, SIGKILL: 137, SIGTERM: 143 };

/**
 * Resolves with its exit code. A signal to us goes to it as well and never ends us first: who stops npm waits for the
 * database to be shut down.
 */
export function run(program, args, options = {}) {
  const child = spawn(program, args, { cwd: ROOT, stdio: 'inherit', ...options });
  const pass = (signal) => child.kill(signal);
  for (const signal of SIGNALS) process.on(signal, pass);
  const watch = watchNpm(() => pass('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? SIGNAL_EXIT[signal] ?? 1));
  }).finally(() => {
    for (const signal of SIGNALS) process.off(signal, pass);
    clearInterval(watch);
  });
}

/** Who kills npm with a signal it cannot pass on means us. Elsewhere a parent may go without taking us along. */
function watchNpm(gone) {
  const npm = process.ppid;
  if (!process.env.npm_lifecycle_event) return undefined;
  return setInterval(() => process.ppid === npm || gone(), NPM_POLL_MS).unref();
}

/** Runs one step of the preparation with its output on standard error; throws when it fails. */
export async function runStep(what, program, args, options = {}) {
  const code = await run(program, args, { stdio: ['ignore', 2, 2], ...options });
  if (code === 130 || code === 143 || code === 129) process.exit(code);
  if (code !== 0) throw new StepError(`${what} failed (exit code ${code}); its output is above.`);
}

/** Runs a script's main function; expected failures are told in a sentence. */
export async function main(work) {
  try {
    process.exitCode = await work();
  } catch (error) {
    process.stderr.write(`${error instanceof StepError ? error.message : error.stack}\n`);
    process.exitCode = 1;
  }
}
