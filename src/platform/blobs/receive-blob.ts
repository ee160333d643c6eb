/** Bytes on their way in: written to a file as they come, hashed and counted, and never all in memory. */
import { createHash, randomUUID } from 'node:crypto';
import { open, opendir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { makeFolder } from '#platform/make-folder.ts';
import type { Blob, BlobStore } from './blob-store.ts';

/** What a type is found from, and more than any of them needs. */
const HEAD_BYTES = 64 * 1024;
/** Longer than any upload may take. */
const FORGOTTEN_MS = 24 * 60 * 60 * 1000;

/** Bytes that have come, whole and on the disk; `head` is how they begin. `drop` takes them away again, kept ones excepted. */
export type Received = Blob & { readonly path: string; readonly head: Buffer; drop(): Promise<void> };

/** Writes a stream into the store's `incoming` folder. `grow` is told each piece's size before it is written, and may throw. */
export async function receiveBlob(
  { incoming }: Pick<BlobStore, 'incoming'>,
  stream: Readable,
  grow: (bytes: number) => void,
): Promise<Received> {
  await makeFolder(incoming);
  const path = join(incoming, randomUUID());
  const drop = () => unlink(path).catch(() => {});
  const file = await open(path, 'wx', 0o600);
  const hash = createHash('sha256');
  const head: Buffer[] = [];
  let [size, headBytes] = [0, 0];
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      grow(chunk.length);
      hash.update(chunk);
      if (headBytes < HEAD_BYTES) {
        // A copy: a slice would hold the whole piece.
        const piece = Buffer.from(chunk.subarray(0, HEAD_BYTES - headBytes));
        head.push(piece);
        headBytes += piece.length;
      }
      for (let at = 0; at < chunk.length; ) {
        const { bytesWritten } = await file.write(chunk, at, chunk.length - at);
        at += bytesWritten;
      }
      size += chunk.length;
    }
    await file.sync();
    return { sha256: hash.digest('hex'), size, path, head: Buffer.concat(head), drop };
  } catch (error) {
    await drop();
    throw error;
  } finally {
    await file.close();
  }
}

/** Removes what came and was never kept, because a process ended in between. */
export async function dropForgotten(
  { incoming }: Pick<BlobStore, 'incoming'>,
  now = Date.now(),
): Promise<void> {
  const folder = await opendir(incoming).catch(() => null);
  if (!folder) return;
  for await (const { name } of folder) {
    const path = join(incoming, name);
    const found = await stat(path).catch(() => null);
    if (found?.isFile() && found.mtimeMs < now - FORGOTTEN_MS) await unlink(path).catch(() => {});
  }
}
