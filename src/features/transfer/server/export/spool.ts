/** A file on its way out: written as quick as the database gives it, and read as quick as its reader takes it. */
import { Readable } from 'node:stream';
import { openNameless } from '../nameless-file.ts';

/** Read from the disk at a time. */
const READ_BYTES = 64 * 1024;

/**
 * What `pieces` yields, as a stream. A reader that is slow waits for the disk and holds no connection to the database; one that goes
 * stops what is still being read for it.
 */
export const spooled = (pieces: AsyncIterable<string | Uint8Array>, folder: string): Readable =>
  Readable.from(follow(pieces, folder), { objectMode: false });

async function* follow(
  pieces: AsyncIterable<string | Uint8Array>,
  folder: string,
): AsyncGenerator<Uint8Array> {
  const file = await openNameless(folder);
  let written = 0;
  let ended: { error?: unknown } | null = null;
  let isWanted = true;
  let wake = () => {};
  const write = async () => {
    for await (const piece of pieces) {
      if (!isWanted) return;
      const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
      for (let at = 0; at < bytes.length; ) {
        const { bytesWritten } = await file.write(bytes, at, bytes.length - at, written);
        at += bytesWritten;
        written += bytesWritten;
      }
      wake();
    }
  };
  const writing = write()
    .then(
      () => ({}),
      (error: unknown) => ({ error }),
    )
    .then((end) => {
      ended = end;
      wake();
    });
  try {
    for (let at = 0; ; ) {
      if (at < written) {
        const buffer = new Uint8Array(Math.min(READ_BYTES, written - at));
        const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
        at += bytesRead;
        yield buffer.subarray(0, bytesRead);
      } else if (ended) {
        if ('error' in (ended as object)) throw (ended as { error: unknown }).error;
        return;
      } else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    isWanted = false;
    await writing;
    await file.close();
  }
}
