/** Where things are. These scripts are plain JavaScript for Node 20 and need no package: they run before any is installed. */
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const inRoot = (path) => fileURLToPath(new URL(path, new URL('../../', import.meta.url)));

/** A failure whose message is written for the person at the terminal. */
export class StepError extends Error {}

/** What is going on, on standard error: standard output is kept for the ready line. */
export const say = (text) => process.stderr.write(`${text}\n`);
