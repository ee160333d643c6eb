/** A real PostgreSQL server inside the data folder: made, started, shared, watched and stopped by Parley itself. */
import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { type DatabaseAddress, isUnavailable, sqlState } from '#platform/database/database.ts';
import type { Logger } from '#platform/log.ts';
import { makeFolder } from '#platform/make-folder.ts';
import { findBinaries } from './binaries.ts';
import type { Cluster } from './cluster.ts';
import { initialise } from './initialise.ts';
import {
  findPostmaster,
  hasClients,
  type Launched,
  launch,
  type Postmaster,
  stopPostmaster,
} from './postmaster.ts';
import { enter, type Presence } from './presence.ts';
import { EmbeddedPostgresError, unusableFolder } from './problem.ts';
import { authentication, type Reach, reachBySocket, reachByTcp } from './reach.ts';
import { chooseRunAs } from './run-as.ts';

export { EmbeddedPostgresError };

export type EmbeddedPostgres = {
  readonly address: DatabaseAddress;
  /** Leaves; the server is stopped in order, unless another Parley uses it. Close your own connections first. */
  close(): Promise<void>;
};

/** A server that is there but does not answer is given this long. */
const SILENT_MS = 20_000;
const RETRY_MS = 50;
/** After a start that failed for good, for instance on a full disk. */
const RESTART_MS = 1_000;
/** "the database system is starting up" (recovering, perhaps for long), or shutting down. */
const CANNOT_CONNECT_NOW = '57P03';
/** A server that was killed leaves processes that take a moment to notice. */
const PREDECESSOR_STILL_ENDING = /pre-existing shared memory block|lock file ".*" already exists/;

/**
 * Sees to a running server on `dataDir`: joins the one that runs (another Parley's, or an orphan after a kill) or
 * starts one, making the database on first use. Starts it again should it die. Throws `EmbeddedPostgresError`.
 */
export async function openEmbeddedPostgres(
  dataDir: string,
  log: Logger,
  { tcp = process.platform === 'win32' } = {},
): Promise<EmbeddedPostgres> {
  await makeDataDir(dataDir);
  const folder = join(dataDir, 'postgres');
  const binaries = await findBinaries(dataDir);
  const runAs = await chooseRunAs(dataDir, folder, binaries);
  const cluster: Cluster = { dataDir, folder, logFile: join(dataDir, 'postgres.log'), runAs, binaries };
  await initialise(cluster, await authentication(dataDir, tcp), log);
  const reach = tcp
    ? await reachByTcp(dataDir, (await findPostmaster(folder))?.port)
    : await reachBySocket(folder);

  let closing = false;
  let presence = await enterServer(cluster, reach, log, () => closing);
  const watch = async (): Promise<void> => {
    await presence.lost;
    while (!closing) {
      log.error('PostgreSQL went away; starting it again');
      try {
        presence = await enterServer(cluster, reach, log, () => closing);
        await presence.lost;
      } catch (error) {
        if (!closing) log.error({ err: error }, 'PostgreSQL does not start');
        await pause(RESTART_MS);
      }
    }
  };
  void watch();
  return {
    address: reach.address,
    async close() {
      closing = true;
      // A connection that is lost means a server that is gone: nothing to stop.
      if (await presence.isLast().catch(() => false)) await stopPostmaster(cluster);
      await presence.leave();
      await reach.release();
    },
  };
}

async function makeDataDir(dataDir: string): Promise<void> {
  try {
    await makeFolder(dataDir);
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw unusableFolder(dataDir, error);
  }
}

/** Comes to a connection: waits for a server that starts, stops or recovers, and starts one when there is none. */
async function enterServer(
  cluster: Cluster,
  reach: Reach,
  log: Logger,
  closing: () => boolean,
): Promise<Presence> {
  let launched: Launched | undefined;
  let lastSign = performance.now();
  for (;;) {
    if (closing()) throw new EmbeddedPostgresError('Parley is ending.');
    try {
      return await enter(reach.address);
    } catch (error) {
      if (sqlState(error) === CANNOT_CONNECT_NOW) lastSign = performance.now();
      else if (!isUnavailable(error)) throw error;
    }
    const running = await findPostmaster(cluster.folder);
    if (!running && (await mayLaunch(launched))) {
      launched = await launch(cluster, reach.serverSettings);
      lastSign = performance.now();
    }
    if (performance.now() - lastSign > SILENT_MS) {
      if (!running || (await hasClients(running))) throw silent(cluster, running);
      log.warn(
        { pid: running.pid },
        'the PostgreSQL that holds the data folder does not answer; stopping it',
      );
      await stopPostmaster(cluster);
    }
    await pause(RETRY_MS);
  }
}

/** Is there no server of ours on its way? Throws with its words when it ended for a reason that will not pass. */
async function mayLaunch(launched: Launched | undefined): Promise<boolean> {
  if (!launched) return true;
  const said = await launched.ended();
  if (said === null) return false;
  if (PREDECESSOR_STILL_ENDING.test(said)) return true;
  throw new EmbeddedPostgresError(`PostgreSQL does not start. It said:\n${said.trim()}`);
}

const silent = (cluster: Cluster, running: Postmaster | null): EmbeddedPostgresError =>
  new EmbeddedPostgresError(
    running
      ? `PostgreSQL (process ${running.pid}) holds ${cluster.folder}, is in use and does not answer. End the Parley that uses it, then start again.`
      : `PostgreSQL does not answer; see ${cluster.logFile}.`,
  );

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
