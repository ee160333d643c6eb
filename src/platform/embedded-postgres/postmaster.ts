/** The server process: is one running on this folder, how it is started, how it is stopped. */
import { once } from 'node:events';
import { constants } from 'node:fs';
import { open, readFile, readlink, realpath, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cluster } from './cluster.ts';
import { start } from './run-as.ts';

/** The server writes little there; more than this is moved aside at the next start. */
const LOG_BYTES = 5 * 1024 * 1024;
/** A fast shutdown only writes out dirty pages; after this it is told to drop everything, which recovery mends. */
const STOP_MS = 30_000;
const POLL_MS = 20;
const WINDOWS = process.platform === 'win32';

export type Postmaster = { readonly pid: number; readonly port: number };

/** The server that runs on this folder now, whoever started it; null when there is none. */
export async function findPostmaster(folder: string): Promise<Postmaster | null> {
  const text = await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0 || !(await isServerOf(folder, pid))) return null;
  return { pid, port: Number(lines[3]) || 5432 };
}

/**
 * Is `pid` a server on this folder? After a crash or in a new container the number may belong to any program by now;
 * PostgreSQL itself cannot tell and would refuse to start.
 */
async function isServerOf(folder: string, pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  if (process.platform !== 'linux') return true;
  try {
    // A server's working directory is its folder, for as long as it lives.
    return (await readlink(`/proc/${pid}/cwd`)) === (await realpath(folder));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EACCES';
  }
}

/** Is anybody connected to that server besides itself? Only Linux tells; elsewhere we suppose so. */
export async function hasClients({ pid }: Postmaster): Promise<boolean> {
  try {
    const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
    for (const child of children.split(' ').filter(Boolean)) {
      const title = await readFile(`/proc/${child}/cmdline`, 'utf8').catch(() => '');
      if (/^postgres: parley /.test(title)) return true;
    }
    return false;
  } catch {
    return true;
  }
}

/** A server that was started: what it has said when it ended, null while it lives. */
export type Launched = { ended(): Promise<string | null> };

/** Starts the server process; whether and when it answers is seen by connecting. */
export async function launch(cluster: Cluster, settings: Settings): Promise<Launched> {
  await removeStalePid(cluster.folder);
  await rotateLog(cluster.logFile);
  const log = await open(cluster.logFile, constants.O_CREAT | constants.O_APPEND | constants.O_WRONLY, 0o600);
  const { size } = await log.stat();
  const { runAs, binaries } = cluster;
  const child = start(runAs, binaries, binaries.postgres, serverArguments(cluster.folder, settings), {
    cwd: cluster.dataDir,
    // Its own process group: Ctrl-C is ours to answer first, the server ends after us.
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  child.unref();
  let failure: string | undefined;
  child.once('error', (error) => {
    failure = error.message;
  });
  await log.close();
  return {
    async ended() {
      if (failure) return failure;
      if (child.exitCode === null && child.signalCode === null) return null;
      return (await readFile(cluster.logFile)).subarray(size).toString('utf8');
    },
  };
}

type Settings = Readonly<Record<string, string | number>>;

function serverArguments(folder: string, more: Settings): string[] {
  const settings: Settings = {
    ...more,
    max_connections: 100,
    shared_buffers: '32MB',
    max_wal_size: '256MB',
    max_wal_senders: 0,
    // A handful of processes less; the data of an instance this size is in memory anyway.
    io_method: 'sync',
    jit: 'off',
    // A query whose Parley was killed ends, and gives back its locks, instead of running to its end. (Not on Windows.)
    client_connection_check_interval: WINDOWS ? 0 : '1s',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Starts, stops and crashes. What is wrong with a query, Parley logs itself.
    log_min_messages: 'log',
    log_checkpoints: 'off',
  };
  return ['-D', folder, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

/** A number in postmaster.pid that is some other program's by now would keep the server from starting. */
async function removeStalePid(folder: string): Promise<void> {
  const path = join(folder, 'postmaster.pid');
  const judged = await readFile(path, 'utf8').catch(() => null);
  if (judged === null || (await findPostmaster(folder))) return;
  // Read again: another Parley may have come to the same result and started a server in between. (Should it still
  // slip through: the server also marks its shared memory with the folder, and a second one refuses to start.)
  if ((await readFile(path, 'utf8').catch(() => null)) === judged) await rm(path, { force: true });
}

async function rotateLog(path: string): Promise<void> {
  const size = (await stat(path).catch(() => null))?.size ?? 0;
  if (size > LOG_BYTES) await rename(path, `${path}.1`);
}

/** Stops the server in order (open transactions are rolled back, everything is written) and waits for its end. */
export async function stopPostmaster(cluster: Cluster): Promise<void> {
  const running = await findPostmaster(cluster.folder);
  if (!running) return;
  if (WINDOWS) {
    const args = ['stop', '-D', cluster.folder, '-m', 'fast'];
    await once(
      start(cluster.runAs, cluster.binaries, cluster.binaries.pgCtl, args, {
        cwd: cluster.dataDir,
        stdio: 'ignore',
      }),
      'exit',
    );
    return;
  }
  if (await signalAndWait(cluster, running.pid, 'SIGINT')) return;
  await signalAndWait(cluster, running.pid, 'SIGQUIT');
}

async function signalAndWait(cluster: Cluster, pid: number, signal: NodeJS.Signals): Promise<boolean> {
  try {
    process.kill(pid, signal);
  } catch {
    return true;
  }
  for (const end = performance.now() + STOP_MS; performance.now() < end; await pause())
    if (!(await isServerOf(cluster.folder, pid))) return true;
  return false;
}

const pause = (): Promise<false> => new Promise((resolve) => setTimeout(() => resolve(false), POLL_MS));
