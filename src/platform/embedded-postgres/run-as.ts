/** PostgreSQL refuses to run as root. This decides as whom its programs run when Parley is root. */
import { spawn } from 'node:child_process';
import { chmod, chown, mkdir, readFile, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import type { Binaries } from './binaries.ts';
import { EmbeddedPostgresError } from './problem.ts';

/** How to start one of PostgreSQL's programs. */
export type RunAs = {
  /** Put before the program and its arguments. */
  readonly prefix: readonly string[];
  /** The user to become first; undefined: stay who we are. */
  readonly user: { readonly uid: number; readonly gid: number } | undefined;
};

const AS_OURSELVES: RunAs = { prefix: [], user: undefined };
/** `nobody`, on every system PostgreSQL is packaged for. */
const NOBODY = 65_534;

/**
 * Chooses for this data folder and this machine; throws in words when no way works. Root gets a user namespace in which
 * it is somebody else: no system user is needed, files stay root's, and a folder only root can enter can be entered.
 * So does a user without a name, as containers like to have, because initdb insists on one.
 */
export async function chooseRunAs(dataDir: string, cluster: string, binaries: Binaries): Promise<RunAs> {
  const namespace = async (): Promise<RunAs> => ({
    prefix: ['unshare', '--user', `--map-user=${await someName()}`],
    user: undefined,
  });
  if (process.getuid?.() !== 0) {
    if (process.platform !== 'linux' || hasName()) return AS_OURSELVES;
    const named = await namespace();
    return (await works(named, binaries, dataDir)) ? named : AS_OURSELVES;
  }
  const owner = await stat(cluster).catch(() => stat(dataDir));
  if (owner.uid !== 0) return become(owner.uid, owner.gid, dataDir, binaries);
  const disguised = await namespace();
  if (await works(disguised, binaries, dataDir)) return disguised;
  return become(NOBODY, NOBODY, dataDir, binaries);
}

function hasName(): boolean {
  try {
    return userInfo().username !== '';
  } catch {
    return false;
  }
}

/** The number of a user that this system has a name for, and who is neither root nor the number of unmapped users. */
async function someName(): Promise<number> {
  const users = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const numbers = users.split('\n').map((line) => Number(line.split(':')[2]));
  return numbers.find((uid) => uid > 0 && uid !== NOBODY) ?? NOBODY;
}

/** Where user namespaces are refused, and in a data folder that is somebody's: an unprivileged user. */
async function become(uid: number, gid: number, dataDir: string, binaries: Binaries): Promise<RunAs> {
  const runAs: RunAs = { prefix: [], user: { uid, gid } };
  const { mode } = await stat(dataDir);
  // Entering is enough: the database's own folder inside belongs to that user, and what else is here is closed.
  if ((mode & 0o001) === 0) await chmod(dataDir, (mode & 0o777) | 0o111);
  if (await works(runAs, binaries, dataDir)) return runAs;
  throw new EmbeddedPostgresError(
    `PostgreSQL does not run as root, and user ${uid} cannot enter ${dataDir} or run ${binaries.postgres}. ` +
      'Start Parley as an ordinary user, allow user namespaces, move it to a folder everybody can enter, or set DATABASE_URL.',
  );
}

/** Can this way enter the data folder and run the program? */
async function works(runAs: RunAs, binaries: Binaries, dataDir: string): Promise<boolean> {
  const child = start(runAs, binaries, binaries.postgres, ['--version'], {
    cwd: dataDir,
    stdio: 'ignore',
  });
  return new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}

/** Spawns one of PostgreSQL's programs. */
export function start(
  runAs: RunAs,
  binaries: Binaries,
  program: string,
  args: string[],
  options: Parameters<typeof spawn>[2] & { cwd: string },
) {
  const [command, ...rest] = [...runAs.prefix, program, ...args];
  return spawn(command!, rest, {
    ...options,
    ...runAs.user,
    windowsHide: true,
    // Nothing of ours belongs in there: PG… variables would change what the server does.
    env: { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', TZ: 'UTC', ...binaries.environment },
  });
}

/** Makes a private folder (0700) that the database's programs may write. */
export async function makeFolderFor(runAs: RunAs, path: string): Promise<void> {
  await mkdir(path, { mode: 0o700 });
  if (runAs.user) await chown(path, runAs.user.uid, runAs.user.gid);
}
