import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder for this user alone, with those above it that are missing; one that exists stays as it is. Step by
 * step, because Node's own way never comes back from where the system says of a folder that is there that it is not (`/proc`).
 */
export async function makeFolder(path: string): Promise<void> {
  if (await makeOne(path)) return;
  await makeFolder(dirname(path));
  if (!(await makeOne(path)))
    throw Object.assign(new Error(`no folder can be made at ${path}`), { code: 'ENOENT' });
}

/** False when the folder above is missing. */
async function makeOne(path: string): Promise<boolean> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && dirname(path) !== path) return false;
    const exists = await stat(path).catch(() => null);
    if (!exists?.isDirectory()) throw error;
  }
  return true;
}
