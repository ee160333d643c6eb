/** Runs Parley itself on the right Node. */
import { findNode, NODE_FLAGS } from './find-node.js';
import { inRoot } from './paths.js';
import { run } from './run.js';

/** Runs one command of the program in the caller's working folder; resolves with its exit code. */
export const runParley = (args) =>
  run(findNode(), [...NODE_FLAGS, inRoot('src/main.ts'), ...args], {
    cwd: process.cwd(),
    // The channel carries no messages: its end tells the program that we were killed.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
