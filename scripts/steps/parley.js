/** Runs Parley itself on the right Node. */
import { findNode, NODE_FLAGS } from './find-node.js';
import { inRoot } from './paths.js';
import { run } from './run.js';

/**
 * The young generation grows to 64 MB when the program is loaded and never shrinks; at this size, in MB, the program holds 40 MB
 * less at rest and relays as many tokens a second.
 */
const YOUNG_GENERATION = '--max-semi-space-size=8';
/** What Node is told when it runs the program. */
export const PROGRAM_FLAGS = [...NODE_FLAGS, YOUNG_GENERATION];

/**
 * Runs one command of the program in the caller's working folder; resolves with its exit code. Where the platform can, this process
 * becomes the program instead, and nothing waits beside it.
 */
export async function runParley(args) {
  const node = findNode();
  const command = [...PROGRAM_FLAGS, inRoot('src/main.ts'), ...args];
  if (process.execve && process.platform !== 'win32') return become(node, command);
  return run(node, command, {
    cwd: process.cwd(),
    // The channel carries no messages: its end tells the program that we were killed.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
}

function become(node, command) {
  const watch = process.env.npm_lifecycle_event
    ? [`--import=${new URL('end-with-npm.js', import.meta.url)}`]
    : [];
  // It would tell that `execve` is new.
  process.removeAllListeners('warning');
  process.execve(node, [node, ...watch, ...command], process.env);
}
