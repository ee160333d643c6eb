/** Bodies that are files: the body itself, or the parts of a form, each as a stream that is read before the next one begins. */
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { AppError, invalidInput } from '#platform/errors.ts';
import { say } from '#platform/say.ts';

/** A sender who sends nothing for so long has gone. */
const QUIET_MS = 30_000;
const NAME_MAX = 200;
/** A full disk is looked after by people. */
const RETRY_MS = 60_000;

type Keep = (stream: Readable, name: string) => Promise<void>;

/** Whether a request is a form, which may hold several files. */
export const isForm = ({ headers }: Pick<IncomingMessage, 'headers'>): boolean =>
  /^multipart\/form-data/i.test(headers['content-type'] ?? '');

/**
 * Gives each file of a request to `keep`, one after another; `name` is that of a body which is no form, `most` how many a form may
 * hold. 400 for a form that cannot be read and for a sender who stops or goes, 503 where the disk is full; what `keep` throws goes through.
 */
export async function readUploads(
  request: IncomingMessage,
  { name, most }: { name: string; most: number },
  keep: Keep,
): Promise<void> {
  const stop = watchQuiet(request);
  try {
    if (isForm(request)) await eachPart(request, most, keep);
    else await keep(request, cleanName(name));
  } catch (error) {
    throw explained(error, request);
  } finally {
    stop();
  }
}

/** Keeps the parts that are files, one after another. */
async function eachPart(request: IncomingMessage, most: number, keep: Keep): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const fail = (error: unknown) => {
      request.unpipe();
      reject(error instanceof AppError ? error : invalidInput('body', say('form_broken')));
    };
    let parser: BusboyInstance;
    try {
      parser = new Busboy({
        headers: request.headers as { 'content-type': string },
        limits: { files: most, fields: 100, fieldSize: 10_000, parts: most + 100 },
      });
    } catch (error) {
      return fail(error);
    }
    let kept: Promise<void> = Promise.resolve();
    parser.on('file', (_field, stream, name) => {
      stream.on('error', fail);
      kept = kept.then(() => keep(stream as unknown as Readable, cleanName(name ?? '')));
      kept.catch(fail);
    });
    parser.on('filesLimit', () => fail(invalidInput('body', say('too_many_files', { max: most }))));
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
export function cleanName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const clean = last
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .slice(0, NAME_MAX)
    .trim();
  return clean === '' || clean === '.' || clean === '..' ? 'file' : clean;
}
