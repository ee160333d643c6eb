/** Makes the database's folder, once, so that a kill at any moment leaves either none or a whole one. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '#platform/log.ts';
import { MAJOR_VERSION } from './binaries.ts';
import type { Cluster } from './cluster.ts';
import { EmbeddedPostgresError, unusableFolder } from './problem.ts';
import { makeFolderFor, start } from './run-as.ts';

/** A half-made folder is somebody's work in progress for at most this long. */
const ABANDONED_MS = 10 * 60_000;
const UNFINISHED = 'postgres.unfinished-';

/** Sees to a usable folder of our version: finds it or makes it. `authentication`: arguments of initdb. */
export async function initialise(
  cluster: Cluster,
  authentication: readonly string[],
  log: Logger,
): Promise<void> {
  const { dataDir, folder } = cluster;
  await removeAbandoned(dataDir);
  if (await isUsable(folder)) return;
  const unfinished = join(dataDir, `${UNFINISHED}${process.pid}-${randomUUID()}`);
  await makeFolderFor(cluster.runAs, unfinished).catch((error) => {
    throw unusableFolder(dataDir, error);
  });
  log.info({ folder }, 'making the database, once');
  try {
    await runInitdb(cluster, unfinished, authentication);
    await rename(unfinished, folder);
    await syncFolder(dataDir);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    // Another process that started at the same moment was quicker.
    if (await isUsable(folder)) return;
    throw error;
  }
}

/** False: there is none yet. Throws for one that is not ours to use. */
async function isUsable(folder: string): Promise<boolean> {
  let text: string;
  try {
    text = await readFile(join(folder, 'PG_VERSION'), 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EACCES' || code === 'EPERM')
      throw new EmbeddedPostgresError(
        `${folder} belongs to another user. Start Parley as the user who made it.`,
      );
    if (code !== 'ENOENT') throw error;
    const entries = await readdir(folder).catch(() => []);
    if (entries.length === 0) return false;
    throw new EmbeddedPostgresError(
      `${folder} is not empty but holds no database. Choose another data folder (DATA_DIR), or move that folder away.`,
    );
  }
  const found = Number(text.trim());
  if (found === MAJOR_VERSION) return true;
  throw new EmbeddedPostgresError(
    found > MAJOR_VERSION
      ? `${folder} was made by PostgreSQL ${found}; this Parley brings ${MAJOR_VERSION}. Start the newer Parley that made it.`
      : `${folder} was made by PostgreSQL ${found}; this Parley brings ${MAJOR_VERSION}. Back it up with the Parley that made it and restore it here.`,
  );
}

async function runInitdb(cluster: Cluster, folder: string, authentication: readonly string[]): Promise<void> {
  const child = start(
    cluster.runAs,
    cluster.binaries,
    cluster.binaries.initdb,
    [
      `--pgdata=${folder}`,
      '--username=parley',
      ...authentication,
      '--encoding=UTF8',
      // Sorted alike on every machine, whatever locales it has.
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-instructions',
    ],
    { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  if (code !== 0)
    throw new EmbeddedPostgresError(`The database could not be made (initdb, ${signal ?? code}):\n${said}`);
}

/** What a killed first start has left. */
async function removeAbandoned(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    if (!name.startsWith(UNFINISHED)) continue;
    const path = join(dataDir, name);
    const pid = Number(name.slice(UNFINISHED.length).split('-')[0]);
    const age = Date.now() - ((await stat(path).catch(() => null))?.mtimeMs ?? Date.now());
    if (!isAlive(pid) || age > ABANDONED_MS) await rm(path, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The rename itself must survive a power cut; on Windows a folder cannot be opened. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  await folder.sync().finally(() => folder.close());
}
