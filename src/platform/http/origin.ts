/** The rule against requests that another site makes with our visitor's cookie (CSRF, cross-site WebSockets). */
import type { FastifyRequest } from 'fastify';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/** True for what may change something: every method but the reading ones, and WebSockets, which start as a GET. */
export function mayChangeSomething(request: FastifyRequest): boolean {
  return !READING.has(request.method) || request.headers.upgrade !== undefined;
}

/**
 * True when the request says that it comes from a page of another origin. Without an Origin header it does not come
 * from another site's script. Ours is that of `baseUrl`; where there is none, that of the host the request was sent to, and
 * the scheme is not compared, because a proxy that ends TLS may not tell us.
 */
export function isFromAnotherOrigin(request: FastifyRequest, baseUrl: string | undefined): boolean {
  const { origin } = request.headers;
  if (origin === undefined) return false;
  const from = URL.canParse(origin) ? new URL(origin) : null;
  if (!from) return true;
  if (baseUrl) return from.origin !== new URL(baseUrl).origin;
  return from.host !== hostWithoutDefaultPort(request.host, from.protocol);
}

/** `URL.host` leaves out the scheme's own port; a Host header may name it. */
function hostWithoutDefaultPort(host: string, protocol: string): string {
  const url = `${protocol}//${host}`;
  return URL.canParse(url) ? new URL(url).host : host;
}
