import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';

/** A file of an archive: its name, and what is in it piece by piece. */
export type ZipEntry = { name: string; pieces: AsyncIterable<string> };

/** An archive of entries, each asked for when the one before it has been written. */
export async function* writeZip(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  let entry: Readable | undefined;
  const add = async () => {
    for await (const { name, pieces } of entries) {
      const stream = Readable.from(pieces, { objectMode: false });
      entry = stream;
      const ended = new Promise<void>((resolve, reject) => stream.on('end', resolve).on('error', reject));
      zip.addReadStream(stream, name, { mode: 0o100600 });
      await ended;
    }
    zip.end();
  };
  const adding = add().catch((error: Error) => void output.destroy(error));
  try {
    yield* output as AsyncIterable<Uint8Array>;
    await adding;
  } finally {
    output.destroy();
    // Whoever gives us the database takes it back after this, so that nothing may read from it any more.
    if (entry && !entry.closed) {
      const closed = new Promise<void>((resolve) => entry!.once('close', resolve));
      entry.destroy();
      await closed;
    }
  }
}
