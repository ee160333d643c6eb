/** Makes one form of what a request is for, before it is routed. */
import type { IncomingMessage } from 'node:http';
import { readableHops } from './trusted-proxies.ts';

/** `GET http://host/path`, as to a proxy. */
const ABSOLUTE = /^https?:\/\/([^/?#]*)(.*)$/i;

/**
 * The path and query a request asks for. An absolute target names the host itself, and its Host header counts for nothing
 * (RFC 9112, 3.2.2). Proxies that serve Parley under a path may leave it in the address or take it away; both work.
 */
export function readTarget(request: IncomingMessage, basePath: string): string {
  const { headers } = request;
  const forwarded = headers['x-forwarded-for'];
  if (forwarded !== undefined) headers['x-forwarded-for'] = readableHops(String(forwarded)) || undefined;
  const [, authority, target] = ABSOLUTE.exec(request.url ?? '') ?? [];
  if (authority === undefined) return withoutBasePath(request.url ?? '/', basePath);
  headers.host = authority;
  return withoutBasePath(target?.startsWith('/') ? target : `/${target}`, basePath);
}

function withoutBasePath(url: string, basePath: string): string {
  if (!basePath || !url.startsWith(basePath)) return url;
  const rest = url.slice(basePath.length);
  if (rest === '' || rest.startsWith('?')) return `/${rest}`;
  return rest.startsWith('/') ? rest : url;
}
