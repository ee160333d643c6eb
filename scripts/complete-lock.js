/**
 * Completes package-lock.json after `npm install`: a registry mirror may not serve the binaries of every platform, npm then
 * leaves them out, and `npm ci` refuses the lock file on every machine. Adds the missing optional packages by version, each with
 * the checksum that the registry tells of it.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

const LOCK = fileURLToPath(new URL('../package-lock.json', import.meta.url));
const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const PROCESSORS = ['arm64', 'arm', 'x64', 'ia32', 'ppc64', 'riscv64', 's390x', 'wasm32'];

/** Optional packages named by other packages but absent from the lock file: `[parent's path, name, version]`. */
export function missingOptionals(lock) {
  return Object.entries(lock.packages).flatMap(([at, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !isLocked(lock, at, name))
      .map(([name, version]) => [at, name, version]),
  );
}

function isLocked(lock, from, name) {
  for (let at = from; ; at = at.replace(/\/?node_modules\/(?:@[^/]+\/)?[^/]+$/, '')) {
    if (lock.packages[`${at ? `${at}/` : ''}node_modules/${name}`]) return true;
    if (!at) return false;
  }
}

/** What keeps npm from installing it elsewhere, read from its name. */
function platformOf(name) {
  const words = name.split(/[-/]/);
  const os = SYSTEMS.filter((system) => words.includes(system));
  const cpu = PROCESSORS.filter((processor) => words.includes(processor));
  const libc = words.some((word) => word.startsWith('musl')) ? ['musl'] : ['glibc'];
  return { ...(os.length && { os }), ...(cpu.length && { cpu }), ...(os.includes('linux') && { libc }) };
}

/** Packages whose download could not be checked. */
export const unchecked = (lock) =>
  Object.entries(lock.packages).flatMap(([at, { integrity }]) => (at && !integrity ? [at] : []));

function checksumOf(at, { version }) {
  const name = at.replace(/^.*node_modules\//, '');
  const found = execFileSync('npm', ['view', `${name}@${version}`, 'dist.integrity'], {
    encoding: 'utf8',
  }).trim();
  if (!/^sha512-/.test(found)) throw new Error(`${name}@${version}: the registry tells no checksum`);
  return found;
}

function main() {
  const lock = JSON.parse(readFileSync(LOCK, 'utf8'));
  const missing = missingOptionals(lock);
  for (const [at, name, version] of missing) {
    if (!/^\d/.test(version)) throw new Error(`${name}@${version}: not an exact version`);
    const { dev } = lock.packages[at];
    lock.packages[`node_modules/${name}`] = {
      version,
      ...(dev && { dev }),
      optional: true,
      ...platformOf(name),
    };
  }
  const open = unchecked(lock);
  for (const at of open) {
    const { version, ...more } = lock.packages[at];
    lock.packages[at] = { version, integrity: checksumOf(at, { version }), ...more };
  }
  if (missing.length + open.length === 0) return;
  const root = lock.packages[''];
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1));
  lock.packages = { '': root, ...Object.fromEntries(sorted) };
  writeFileSync(LOCK, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`added ${missing.length} packages for other platforms and ${open.length} checksums`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main();
