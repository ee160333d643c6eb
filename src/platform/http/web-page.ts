/** Serves the built page: its files, and the page itself for every address that is one of its own. */
import { fileURLToPath } from 'node:url';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '#config';
import type { App } from './app.ts';
import { type Encoding, openWebFiles, type WebFile } from './web-files.ts';

const FOLDER = fileURLToPath(new URL('../../../dist/web/', import.meta.url));
const PAGE = 'index.html';
/** A year, the longest that is understood. */
const IMMUTABLE = 'public, max-age=31536000, immutable';
/** Addresses that belong to programs: an unknown one there is an error, never the page. */
const FOR_PROGRAMS = /^(api|v1|assets|metrics|healthz|readyz)(\/|$)/;

/** Adds the page to the server, at every address that no other route has. */
export function serveWebPage(app: App, { basePath }: Config, folder = FOLDER): void {
  const files = openWebFiles(folder, (path, bytes) =>
    path === PAGE ? Buffer.from(withBase(bytes.toString(), basePath)) : bytes,
  );
  app.get(
    '/*',
    { config: { access: 'public', quiet: true }, schema: { hide: true } },
    async (request, reply) => {
      const asked = (request.params as { '*': string })['*'];
      const path = asked === '' || (!files.has(asked) && wantsPage(request, asked)) ? PAGE : asked;
      const file = await files.get(path);
      return file ? sendFile(request, reply, file) : reply.callNotFound();
    },
  );
}

/** A person following a link, rather than a script or a program looking for a file. */
const wantsPage = (request: FastifyRequest, path: string): boolean =>
  !FOR_PROGRAMS.test(path) && (request.headers.accept?.includes('text/html') ?? false);

/** The page names its files relative to where Parley is served, however deep the address it is opened at. */
function withBase(html: string, basePath: string): string {
  const base = `<base href="${basePath}/">`;
  return /<base\s[^>]*>/i.test(html)
    ? html.replace(/<base\s[^>]*>/i, base)
    : html.replace(/<head>/i, `<head>${base}`);
}

async function sendFile(request: FastifyRequest, reply: FastifyReply, file: WebFile): Promise<FastifyReply> {
  reply
    .header('cache-control', file.immutable ? IMMUTABLE : 'no-cache')
    .header('etag', file.etag)
    .header('vary', 'accept-encoding');
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
