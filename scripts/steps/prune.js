/** Removes what packages bring along and nothing here ever reads; a seventh of what is installed. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from './paths.js';

const PACKAGES = inRoot('node_modules');
/** The packages that hold Node: Parley needs its program alone. */
const NODE = /^node-(?:bin-)?(?:linux|darwin|win)-\w+$/;
const BESIDE_THE_PROGRAM = ['include', 'share', 'CHANGELOG.md'];
/** Maps of other people's sources. */
const MAP = /\.(?:[cm]?[jt]s|css)\.map$/;

/** Call it after npm; what it removes comes back with the next install and goes again. */
export function prune() {
  for (const name of readdirSync(PACKAGES))
    if (NODE.test(name)) for (const path of BESIDE_THE_PROGRAM) remove(join(PACKAGES, name, path));
  for (const entry of readdirSync(PACKAGES, { recursive: true, withFileTypes: true }))
    if (entry.isFile() && MAP.test(entry.name)) remove(join(entry.parentPath, entry.name));
}

const remove = (path) => rmSync(path, { recursive: true, force: true });
