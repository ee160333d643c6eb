/** Where the Parley that serves a data folder can be reached, for commands that work on the same folder. */
import { constants } from 'node:fs';
import { open, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from './make-folder.ts';

/** An address, and what the one who listens there proves itself with (`identity.ts`). */
export type Serving = { readonly address: string; readonly identity: string };

const pathIn = (dataDir: string): string => join(dataDir, 'address');
const asText = ({ address, identity }: Serving): string => `${address}\n${identity}\n`;

/**
 * Written when Parley is ready; the returned function takes it away again, unless another Parley has written its own.
 * With a database and a secret from elsewhere there may be no data folder yet, or one that cannot be written; then
 * commands are told the address by their caller.
 */
export async function writeAddress(dataDir: string, serving: Serving): Promise<() => Promise<void>> {
  const path = pathIn(dataDir);
  // A file of its own that takes the other's place: whoever may read an older one must not read this one.
  const fresh = `${path}.${process.pid}`;
  try {
    await makeFolder(dataDir);
    await rm(fresh, { force: true });
    await writeFile(fresh, asText(serving), { mode: 0o600, flag: 'wx' });
    await rename(fresh, path);
  } catch {
    await rm(fresh, { force: true }).catch(() => {});
    return async () => {};
  }
  return async () => {
    const now = await readAddress(dataDir);
    if (now && asText(now) === asText(serving)) await rm(path, { force: true });
  };
}

/** What was written; null when nothing was, or others could have written or read it. After a kill nobody may be there any more. */
export async function readAddress(dataDir: string): Promise<Serving | null> {
  try {
    const file = await open(pathIn(dataDir), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    try {
      const { uid, mode } = await file.stat();
      // Windows has no such owners: there the folder is its user's.
      if (process.getuid && (uid !== process.getuid() || (mode & 0o077) !== 0)) return null;
      const [address, identity] = (await file.readFile('utf8')).split('\n');
      return address && identity && URL.canParse(address) ? { address, identity } : null;
    } finally {
      await file.close();
    }
  } catch {
    return null;
  }
}
