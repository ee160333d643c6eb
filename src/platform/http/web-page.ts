/** Serves the built page: its files, and the page itself for every address that is one of its own. */
import { fileURLToPath } from 'node:url';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '#config';
import type { App } from './app.ts';
import { sendFrameHeaders } from './frame-headers.ts';
import { sendFile } from './send-file.ts';
import { openWebFiles } from './web-files.ts';

const FOLDER = fileURLToPath(new URL('../../../dist/web/', import.meta.url));
const PAGE = 'index.html';
/** The page, and what may come with it: the cookie of who asks. */
const PERSONAL = 'private, no-cache';
/** Addresses that belong to programs: an unknown one there is an error, never the page. */
const FOR_PROGRAMS = /^(api|v1|assets|frames|metrics|healthz|readyz)(\/|$)/;

/** Adds the page to the server, at every address that no other route has. */
export function serveWebPage(app: App, { basePath }: Config, folder = FOLDER): void {
  const files = openWebFiles(folder, (path, bytes) =>
    path === PAGE ? Buffer.from(withBase(bytes.toString(), basePath)) : bytes,
  );
  app.decorateReply('isPage', false);
  app.decorateReply('sendPublicPage', async function sendPublicPage(this: FastifyReply, status: number) {
    const file = await files.get(PAGE);
    if (!file) {
      this.callNotFound();
      return this;
    }
    const { bytes } = await file.body('identity');
    return this.status(status).type(file.type).send(forAnybody(bytes.toString()));
  });
  app.get(
    '/*',
    { config: { access: 'public', quiet: true }, schema: { hide: true } },
    async (request, reply) => {
      const asked = (request.params as { '*': string })['*'];
      const path = asked === '' || (!files.has(asked) && wantsPage(request, asked)) ? PAGE : asked;
      const file = await files.get(path);
      if (!file) return reply.callNotFound();
      reply.isPage = path === PAGE;
      sendFrameHeaders(reply, path);
      return sendFile(request, reply, file, reply.isPage ? PERSONAL : undefined);
    },
  );
}

/** A person following a link, rather than a script or a program looking for a file. */
const wantsPage = (request: FastifyRequest, path: string): boolean =>
  !FOR_PROGRAMS.test(path) && (request.headers.accept?.includes('text/html') ?? false);

/** The page at an address that is a secret: it is named to nobody, neither to sites that it leads to nor to those who list what is on the web. */
const forAnybody = (html: string): string =>
  html.replace(/<meta name="referrer"[^<>]*>/i, '').replace(/<head>/i, (head) => head + NAMED_TO_NOBODY);
const NAMED_TO_NOBODY =
  '<meta name="referrer" content="no-referrer" /><meta name="robots" content="noindex, nofollow" />';

/** The page names its files relative to where Parley is served, however deep the address it is opened at. */
function withBase(html: string, basePath: string): string {
  const base = `<base href="${basePath}/">`;
  return /<base\s[^>]*>/i.test(html)
    ? html.replace(/<base\s[^>]*>/i, base)
    : html.replace(/<head>/i, `<head>${base}`);
}
