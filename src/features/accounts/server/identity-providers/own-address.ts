/** Addresses of ours that a sign-in through a provider goes back to. */
import type { FastifyRequest } from 'fastify';
import type { Config } from '#config';

type Given = Pick<Config, 'baseUrl' | 'basePath'>;

/** Where the browser reaches us: scheme, host and base path. The host was checked to be one of ours before any route. */
export const ownBase = (request: FastifyRequest, { baseUrl }: Given): string =>
  baseUrl ?? `${request.protocol}://${request.host}`;

/** Characters of a path, at most. */
const MAX_PATH = 2000;
/** A second slash, in any spelling, would name another host; controls and backslashes are what browsers read as one. */
const FOREIGN = /^\/(?:[/\\]|%2f|%5c)|[\\\p{Cc}\p{Z}]/iu;

/**
 * A path of ours with the base path before it, from what was sent: a path within Parley, or a whole address of our own origin. Null
 * for anything else, and for what a browser could take for another host.
 */
export function toOwnPath(sent: unknown, request: FastifyRequest, config: Given): string | null {
  if (typeof sent !== 'string' || sent.length > MAX_PATH || !sent.isWellFormed()) return null;
  const { origin } = new URL(ownBase(request, config));
  const path = sent.startsWith(`${origin}/`) ? sent.slice(origin.length) : sent;
  if (!path.startsWith('/') || FOREIGN.test(path) || !URL.canParse(path, origin)) return null;
  const url = new URL(path, origin);
  if (url.origin !== origin || FOREIGN.test(url.pathname)) return null;
  const whole = url.pathname + url.search + url.hash;
  const { basePath } = config;
  return whole === basePath || whole.startsWith(`${basePath}/`) ? whole : basePath + whole;
}
