/** The bytes of a file on their way out, so that no browser takes them for a page of ours. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BlobGone } from '#platform/blobs/blob-store.ts';
import { AppError } from '#platform/errors.ts';
import { attachment } from '#platform/http/attachment.ts';
import type { Services } from '#platform/services.ts';
import type { FileRow } from './access.ts';
import { byteRange } from './byte-range.ts';
import { say } from './say.ts';

/** For routes that send them: whatever is in a file, it runs nothing and fetches nothing. */
export const CONTENT_POLICY = "sandbox; default-src 'none'";

/** Sends a file, or the part of it that is asked for: 206, or 416 for a part that is not there. */
export async function sendContent(
  { blobs, log }: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  { name, mediaType, size, sha256 }: FileRow,
): Promise<FastifyReply> {
  const etag = `"${sha256}"`;
  const since = request.headers['if-range'];
  const range = since === undefined || since === etag ? byteRange(request.headers.range, size) : null;
  reply.header('accept-ranges', 'bytes').header('etag', etag);
  if (range === 'none') return reply.status(416).header('content-range', `bytes */${size}`).send();
  const bytes = await blobs.read(sha256, range ?? undefined).catch((error) => {
    if (!(error instanceof BlobGone)) throw error;
    log.error({ sha256 }, 'the bytes of a file are missing in the store');
    throw new AppError('unavailable', say('file_gone'));
  });
  request.raw.once('close', () => bytes.destroy());
  if (range) reply.status(206).header('content-range', `bytes ${range.first}-${range.last}/${size}`);
  return reply
    .type(mediaType.startsWith('text/') ? `${mediaType}; charset=utf-8` : mediaType)
    .header('content-length', range ? range.last - range.first + 1 : size)
    .header('content-disposition', attachment(name))
    .send(bytes);
}
