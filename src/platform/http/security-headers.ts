/** What browsers are told about our pages, so that a script smuggled into one finds nothing it may do. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from './app.ts';

/** Scripts, styles and connections of our own origin only; nothing inline but style attributes, which libraries set. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  // 'self' covers ws: and wss: to our own host in every browser of today.
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self' blob:",
  // Also keeps what is shown in a frame from going elsewhere.
  "frame-src 'self'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  // Somebody's own, unless the route says otherwise: neither shared caches nor this browser's keep it.
  'cache-control': 'private, no-store',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), payment=(), usb=()',
};
/** Half a year; sent over https only, as browsers ignore it elsewhere. */
const STRICT_TRANSPORT = 'max-age=15552000';

/**
 * Adds the headers to every answer. A route may replace the policy with `config.contentSecurityPolicy`, and sends its own
 * `cache-control` with what may be kept.
 */
export function sendSecurityHeaders(app: App): void {
  app.addHook('onRequest', async (request, reply) => addHeaders(request, reply));
}

/** The same for an answer that no hook saw, because its request has no route. */
export function addHeaders(request: FastifyRequest, reply: FastifyReply): void {
  reply.headers(HEADERS);
  reply.header(
    'content-security-policy',
    request.routeOptions.config?.contentSecurityPolicy ?? CONTENT_SECURITY_POLICY,
  );
  if (request.protocol === 'https') reply.header('strict-transport-security', STRICT_TRANSPORT);
}
