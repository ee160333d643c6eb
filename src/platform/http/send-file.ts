/** Sends a file that is the same for everybody, so that caches may keep it and ask whether it is still the one. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Encoding, WebFile } from './web-files.ts';

/** A year, the longest that is understood. */
const IMMUTABLE = 'public, max-age=31536000, immutable';
const REVALIDATED = 'public, no-cache';

/** Answers with the file in the best encoding that is taken, or with 304 to who has it. */
export async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  file: WebFile,
  cacheControl = file.immutable ? IMMUTABLE : REVALIDATED,
): Promise<FastifyReply> {
  reply.header('cache-control', cacheControl).header('etag', file.etag).header('vary', 'accept-encoding');
  if (request.headers['if-none-match']?.includes(file.etag)) return reply.status(304).send();
  const { bytes, encoding } = await file.body(bestEncoding(request.headers['accept-encoding']));
  if (encoding !== 'identity') reply.header('content-encoding', encoding);
  return reply.type(file.type).send(bytes);
}

function bestEncoding(accepted: string | string[] | undefined): Encoding {
  const text = String(accepted ?? '');
  if (/\bbr\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(text)) return 'br';
  if (/\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(text)) return 'gzip';
  return 'identity';
}
