/** The way from Parley to its server: a socket inside the data folder, or on Windows the loopback with a password. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { link, mkdtemp, open, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseAddress } from '#platform/database/database.ts';

export type Reach = {
  readonly address: Exclude<DatabaseAddress, { url: string }>;
  readonly serverSettings: Readonly<Record<string, string | number>>;
  /** When nobody connects any more. */
  release(): Promise<void>;
};

const USER = 'parley';
const DATABASE = 'parley';
const PASSWORD_FILE = 'postgres-password';
/** A socket's path ends at 107 bytes on Linux and 103 on macOS, the ending 0 not counted. */
const PATH_BYTES = 103;
const SOCKET_NAME = '/.s.PGSQL.5432';

/** By a socket in the server's own folder, which nobody else can enter: no port, no password. */
export async function reachBySocket(folder: string): Promise<Reach> {
  const short = await shortName(folder);
  return {
    address: { host: short.name, port: 5432, user: USER, database: DATABASE },
    serverSettings: {
      listen_addresses: '',
      port: 5432,
      // Relative to the server's folder, so that the length of its path does not matter.
      unix_socket_directories: '.',
      unix_socket_permissions: '0700',
    },
    release: short.release,
  };
}

/** The folder itself, or a short name for it when a socket in it could not be addressed. */
async function shortName(folder: string): Promise<{ name: string; release(): Promise<void> }> {
  if (Buffer.byteLength(folder + SOCKET_NAME) <= PATH_BYTES) return { name: folder, async release() {} };
  if (process.platform === 'linux') {
    // An open folder has a short name in this process; unlike a link in /tmp, nobody tidies it away.
    const handle = await open(folder, 'r');
    return { name: `/proc/self/fd/${handle.fd}`, release: () => handle.close() };
  }
  const short = await mkdtemp(join(tmpdir(), 'parley-'));
  await symlink(folder, join(short, 's'));
  return { name: join(short, 's'), release: () => rm(short, { recursive: true, force: true }) };
}

/** By TCP on the loopback, where there are no sockets; any local program could try, so there is a password. */
export async function reachByTcp(dataDir: string, runningPort: number | undefined): Promise<Reach> {
  const password = await readFile(join(dataDir, PASSWORD_FILE), 'utf8');
  const port = runningPort ?? (await freePort());
  return {
    address: { host: '127.0.0.1', port, user: USER, database: DATABASE, password },
    serverSettings: { listen_addresses: '127.0.0.1', port, unix_socket_directories: '' },
    async release() {},
  };
}

/** Arguments of initdb: who may come in by the way that will be used. Makes the password where one is needed. */
export async function authentication(dataDir: string, tcp: boolean): Promise<string[]> {
  // Over TCP, which is not listened on, nobody: should it ever be, trust would be for everybody.
  if (!tcp) return ['--auth-local=trust', '--auth-host=reject'];
  const path = join(dataDir, PASSWORD_FILE);
  // Written aside and linked, so that of two processes that start together both have the same, whole password.
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, randomBytes(24).toString('base64url'), { mode: 0o600 });
  await link(draft, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(draft);
  return ['--auth=scram-sha-256', `--pwfile=${path}`];
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
