/** The reference page at `/api/docs`: read and try every route, from this machine alone. */
import Fastify from 'fastify';
import type { App } from '#platform/http/app.ts';
import { sendFile } from '#platform/http/send-file.ts';
import { type WebFile, webFile } from '#platform/http/web-files.ts';

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

const SCRIPT = 'text/javascript; charset=utf-8';
const config = { access: 'public' } as const;
const schema = { hide: true };

/** Serves the page and its two scripts. */
export function addApiDocsRoutes(app: App): void {
  const page = webFile('text/html; charset=utf-8', Buffer.from(PAGE));
  const start = webFile(SCRIPT, Buffer.from(START));
  let reference: Promise<WebFile> | undefined;
  app.get(
    '/api/docs',
    { config: { ...config, contentSecurityPolicy: POLICY }, schema },
    async (request, reply) => sendFile(request, reply, page),
  );
  app.get('/api/docs/start.js', { config, schema }, async (request, reply) =>
    sendFile(request, reply, start),
  );
  app.get('/api/docs/scalar.js', { config, schema }, async (request, reply) => {
    reference ??= loadReference();
    reference.catch(() => {
      reference = undefined;
    });
    return sendFile(request, reply, await reference);
  });
}

/**
 * The reference's script. It travels as text inside a Fastify plugin of several megabytes, which is loaded when the page
 * is first opened, on a server of its own that never listens: starting Parley must not wait for it.
 */
async function loadReference(): Promise<WebFile> {
  const { default: scalar } = await import('@scalar/fastify-api-reference');
  const server = Fastify();
  await server.register(scalar, { routePrefix: '/docs', configuration: { url: '/' } });
  const { rawPayload } = await server.inject('/docs/js/scalar.js');
  await server.close();
  return webFile(SCRIPT, rawPayload);
}
