/** Blobs as files of a folder, `sha256/ab/ab…`, which may be shared by several machines. */
import { createReadStream } from 'node:fs';
import { type FileHandle, open, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { makeFolder } from '#platform/make-folder.ts';
import { BlobGone, type BlobStore } from './blob-store.ts';

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** Opens the store in `folder`, which is made when something is kept. */
export function openFolderStore(folder: string): BlobStore {
  const root = join(folder, 'sha256');
  const pathOf = (sha256: string) => join(root, sha256.slice(0, 2), sha256);
  return {
    incoming: join(folder, 'incoming'),

    async keep({ sha256 }, path) {
      const place = pathOf(sha256);
      await makeFolder(dirname(place));
      // Onto the same bytes where they are there already: whole at any instant, and with the time of now.
      await rename(path, place);
      await sync(dirname(place));
    },

    async read(sha256, range): Promise<Readable> {
      let file: FileHandle;
      try {
        file = await open(pathOf(sha256), 'r');
      } catch (error) {
        throw isMissing(error) ? new BlobGone(sha256) : error;
      }
      // Opened before anything is answered: what is removed meanwhile is read to its end.
      return createReadStream('', {
        fd: file,
        ...(range && { start: range.first, end: range.last }),
      });
    },

    remove: (sha256) =>
      unlink(pathOf(sha256)).catch((error) => {
        if (!isMissing(error)) throw error;
      }),
  };
}

/** So that a name survives the machine's end. Windows knows no folders to sync. */
async function sync(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
