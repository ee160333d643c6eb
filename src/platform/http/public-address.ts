/** Where people reach this Parley, for links that are opened elsewhere: never what a stranger wrote into a header. */
import type { FastifyRequest } from 'fastify';
import type { Config } from '#config';
import { isLoopbackHost } from './local-request.ts';

type Rules = Pick<Config, 'baseUrl' | 'allowedHosts'>;

/**
 * The address for a link that somebody else will open, such as in a mail to an account that anybody may ask for: `BASE_URL`, else
 * what was asked for where that can only be us, else the address the request came in at. No trailing slash.
 */
export function publicAddress(request: FastifyRequest, { baseUrl, allowedHosts }: Rules): string {
  if (baseUrl) return baseUrl;
  const { localAddress = '127.0.0.1', localPort = 80 } = request.raw.socket;
  const own = localAddress.replace(/^::ffff:/, '');
  const asked = `${request.protocol}://${request.host}`;
  if (URL.canParse(asked)) {
    const { hostname, port, origin } = new URL(asked);
    const name = hostname.replace(/^\[|\]$/g, '');
    const isOurs = isLoopbackHost(name) || name === own || allowedHosts.includes(name);
    if (isOurs && (port === '' || port === String(localPort))) return origin;
  }
  return `http://${own.includes(':') ? `[${own}]` : own}:${localPort}`;
}

/** The address for a link that its maker hands on: as they reach this Parley, whose host was checked when they asked. */
export const askedAddress = (request: FastifyRequest, { baseUrl }: Rules): string =>
  baseUrl ?? `${request.protocol}://${request.host}`;
