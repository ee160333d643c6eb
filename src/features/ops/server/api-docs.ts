/** The reference page at `/api/docs`: read and try every route, from this machine alone. */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import Fastify from 'fastify';
import type { App } from '#platform/http/app.ts';

/** Nothing from elsewhere may load or be called; the page styles itself with inline styles. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

// Addresses are relative, so that the page also works under a proxy's path.
const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Parley API</title>
</head>
<body>
<div id="reference"></div>
<script src="docs/scalar.js"></script>
<script src="docs/start.js"></script>
</body>
</html>
`;
const START = `Scalar.createApiReference('#reference', {
  url: 'v1/openapi.json', withDefaultFonts: false, telemetry: false, hideClientButton: true,
  agent: { disabled: true }, mcp: { disabled: true }, showDeveloperTools: 'never', persistAuth: false,
});
`;

const config = { access: 'public' } as const;
const schema = { hide: true };

/** Serves the page and its two scripts. */
export function addApiDocsRoutes(app: App): void {
  app.get(
    '/api/docs',
    { config: { ...config, contentSecurityPolicy: POLICY }, schema },
    async (_request, reply) => reply.type('text/html; charset=utf-8').send(PAGE),
  );
  app.get('/api/docs/start.js', { config, schema }, async (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').send(START),
  );
  let script: Promise<Buffer> | undefined;
  app.get('/api/docs/scalar.js', { config, schema }, async (request, reply) => {
    script ??= loadScript();
    reply.type('text/javascript; charset=utf-8').header('cache-control', 'public, max-age=3600');
    if (/\bgzip\b/.test(request.headers['accept-encoding'] ?? ''))
      return reply
        .header('content-encoding', 'gzip')
        .header('vary', 'accept-encoding')
        .send(await script);
    return reply.send((await import('node:zlib')).gunzipSync(await script));
  });
}

/**
 * The reference's script, gzipped. It travels as text inside a Fastify plugin of several megabytes, which is
 * loaded when the page is first opened, on a server of its own that never listens: starting Parley must not wait for it.
 */
async function loadScript(): Promise<Buffer> {
  const { default: scalar } = await import('@scalar/fastify-api-reference');
  const server = Fastify();
  await server.register(scalar, { routePrefix: '/docs', configuration: { url: '/' } });
  const { rawPayload } = await server.inject('/docs/js/scalar.js');
  await server.close();
  return promisify(gzip)(rawPayload);
}
