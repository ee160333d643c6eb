/** A body of up to a gigabyte, put on the disk as it comes. */
import type { FileHandle } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { AppError, invalidInput } from '#platform/errors.ts';
import { MAX_IMPORT_BYTES } from '../../rules.ts';
import { openNameless } from '../nameless-file.ts';
import type { FileToRead } from '../protocol.ts';
import { say } from '../say.ts';

const MOST_FILES = 1_000;
/** A sender who sends nothing for so long has gone. */
const QUIET_MS = 30_000;
const NAME_MAX = 200;
/** A full disk is looked after by people. */
const RETRY_MS = 60_000;

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
  const keep = async (stream: Readable, given: string) => {
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
    files.push({ name: cleanName(given), fd: handle.fd, size });
  };
  const stop = watchQuiet(request);
  try {
    if (/^multipart\/form-data/i.test(request.headers['content-type'] ?? '')) await eachPart(request, keep);
    else await keep(request, name ?? 'body');
    return { files, close };
  } catch (error) {
    await close();
    throw explained(error, request);
  } finally {
    stop();
  }
}

/** Keeps the parts that are files, one after another. */
async function eachPart(
  request: IncomingMessage,
  keep: (stream: Readable, name: string) => Promise<void>,
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const fail = (error: unknown) => {
      request.unpipe();
      reject(error instanceof AppError ? error : invalidInput('body', say('form_broken')));
    };
    let parser: BusboyInstance;
    try {
      parser = new Busboy({
        headers: request.headers as { 'content-type': string },
        limits: { files: MOST_FILES, fields: 100, fieldSize: 10_000, parts: MOST_FILES + 100 },
      });
    } catch (error) {
      return fail(error);
    }
    let kept: Promise<void> = Promise.resolve();
    parser.on('file', (_field, stream, name) => {
      stream.on('error', fail);
      kept = kept.then(() => keep(stream as unknown as Readable, name || 'file'));
      kept.catch(fail);
    });
    parser.on('filesLimit', () => fail(invalidInput('body', say('too_many_files', { max: MOST_FILES }))));
    parser.on('error', fail);
    parser.on('finish', () => void kept.then(resolve, fail));
    request.on('aborted', () => fail(new Error('The sender has gone.')));
    request.pipe(parser);
  });
}

function watchQuiet(request: IncomingMessage): () => void {
  const quiet = setTimeout(
    () => request.destroy(new AppError('invalid_input', say('sender_quiet'))),
    QUIET_MS,
  );
  const hear = () => quiet.refresh();
  request.on('data', hear);
  // Listening alone would set it flowing before there is anybody to take it.
  request.pause();
  return () => {
    clearTimeout(quiet);
    request.off('data', hear);
  };
}

/** A sender who goes in the middle, and a disk that is full, are no faults of ours. */
function explained(error: unknown, request: IncomingMessage): unknown {
  if (error instanceof AppError) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new AppError('unavailable', say('disk_full'), { retryAt: new Date(Date.now() + RETRY_MS) });
  return request.destroyed ? new AppError('invalid_input', say('sender_gone')) : error;
}

/** The last part of a path, without what cannot be shown. */
function cleanName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const clean = last
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .slice(0, NAME_MAX);
  return clean === '' ? 'file' : clean;
}

const tooLarge = () =>
  new AppError('too_large', say('import_too_large', { gibibytes: MAX_IMPORT_BYTES / 2 ** 30 }));
