/** Where the Parley that serves a data folder can be reached, for commands that work on the same folder. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from './make-folder.ts';

const pathIn = (dataDir: string): string => join(dataDir, 'address');

/**
 * Written when Parley is ready; the returned function takes it away again, unless another Parley has written its own.
 * With a database and a secret from elsewhere there may be no data folder yet, or one that cannot be written; then
 * commands are told the address by their caller.
 */
export async function writeAddress(dataDir: string, address: string): Promise<() => Promise<void>> {
  try {
    await makeFolder(dataDir);
    await writeFile(pathIn(dataDir), address);
  } catch {
    return async () => {};
  }
  return async () => {
    if ((await readAddress(dataDir)) === address) await rm(pathIn(dataDir), { force: true });
  };
}

/** The address as it was written; after a kill nobody may be there any more. */
export async function readAddress(dataDir: string): Promise<string | null> {
  return (await readFile(pathIn(dataDir), 'utf8').catch(() => '')).trim() || null;
}
