/** A body of up to a gigabyte, put on the disk as it comes. */
import type { FileHandle } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { AppError } from '#platform/errors.ts';
import { readUploads } from '#platform/http/read-uploads.ts';
import { MAX_IMPORT_BYTES } from '../../rules.ts';
import { openNameless } from '../nameless-file.ts';
import type { FileToRead } from '../protocol.ts';
import { say } from '../say.ts';

const MOST_FILES = 1_000;

export type Received = { files: FileToRead[]; close(): Promise<void> };

/**
 * The files of a request: its body, or the parts of one that is multipart. 413 when it is all together more than may come, 400 for a
 * form that cannot be read. The files have no names on the disk, and are gone when they are closed.
 */
export async function receiveFiles(
  request: IncomingMessage,
  folder: string,
  name: string | undefined,
): Promise<Received> {
  if (Number(request.headers['content-length']) > MAX_IMPORT_BYTES) throw tooLarge();
  const handles: FileHandle[] = [];
  const files: FileToRead[] = [];
  const close = async () => void (await Promise.all(handles.map((handle) => handle.close())));
  let received = 0;
  try {
    await readUploads(request, { name: name ?? 'body', most: MOST_FILES }, async (stream, given) => {
      const handle = await openNameless(folder);
      handles.push(handle);
      let size = 0;
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        received += chunk.length;
        if (received > MAX_IMPORT_BYTES) throw tooLarge();
        for (let at = 0; at < chunk.length; ) {
          const { bytesWritten } = await handle.write(chunk, at, chunk.length - at, size);
          at += bytesWritten;
          size += bytesWritten;
        }
      }
      files.push({ name: given, fd: handle.fd, size });
    });
    return { files, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const tooLarge = () =>
  new AppError('too_large', say('import_too_large', { gibibytes: MAX_IMPORT_BYTES / 2 ** 30 }));
