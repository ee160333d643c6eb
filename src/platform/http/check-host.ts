/**
 * The rule against names that are not ours (DNS rebinding): a page whose name an attacker points at this machine is of
 * another site, but to its browser it is of the same origin as our answers. What gives it away is the name it asks for.
 */
import { isIP, type Socket } from 'node:net';
import type { FastifyRequest } from 'fastify';
import type { Config } from '#config';
import { AppError } from '#platform/errors.ts';
import { isLoopbackAddress, unmapped } from '#platform/ip.ts';
import { say } from '#platform/say.ts';
import type { App } from './app.ts';

/** A Host header (RFC 9110, 7.2): a name or an address, perhaps a port. A user name before it is none of its parts. */
const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(?::\d{0,5})?$/i;
/** Longer than any name of the DNS. */
const SHOWN_CHARACTERS = 253;
/** By which a client on this machine may have connected to all addresses of it. */
const UNSPECIFIED = new Set(['0.0.0.0', '::']);

export type HostRule = (request: FastifyRequest) => boolean;

/**
 * Makes the rule. Answered are the host of BASE_URL, or where there is none `localhost` and every address, which no DNS can
 * point elsewhere; ALLOWED_HOSTS and the name we listen at; and in any case this machine, asked from itself.
 */
export function hostRule({
  baseUrl,
  allowedHosts,
  host,
}: Pick<Config, 'baseUrl' | 'allowedHosts' | 'host'>): HostRule {
  const named = new Set([
    ...allowedHosts.map((name) => (isIP(name) === 6 ? canonical(name) : name)),
    ...(isIP(host) === 0 ? [host.toLowerCase()] : []),
  ]);
  const own = baseUrl === undefined ? null : hostnameOf(new URL(baseUrl).host);
  return (request) => {
    const asked = hasOneHost(request) ? hostnameOf(request.host) : null;
    if (asked === null) return false;
    if (named.has(asked)) return true;
    if (own === null ? asked === 'localhost' || isIP(asked) !== 0 : asked === own) return true;
    return isOfThisMachine(asked, request.raw.socket);
  };
}

/** Refuses with 421 what is asked of another host, on every route that does not take any. */
export function refuseOtherHosts(app: App, isOurs: HostRule): void {
  app.addHook('onRequest', async (request) => {
    if (!request.routeOptions.config.anyHost && !isOurs(request)) throw wrongHost(request);
  });
}

export const wrongHost = (request: FastifyRequest): AppError =>
  new AppError('wrong_host', say('wrong_host', { host: request.host.slice(0, SHOWN_CHARACTERS) }));

/** In lower case, without port, brackets and the dot that ends a full name; null for what is no host. */
function hostnameOf(host: string): string | null {
  const name = HOST.exec(host)?.[1]?.toLowerCase();
  if (name === undefined) return null;
  if (!name.startsWith('[')) return name.replace(/(?<=[^.])\.$/, '');
  const address = name.slice(1, -1);
  return isIP(address) === 6 ? canonical(address) : null;
}

/** The one shortest form of an IPv6 address (RFC 5952). */
const canonical = (address: string): string => unmapped(new URL(`http://[${address}]`).hostname.slice(1, -1));

/** Two of them are an attempt to be read differently by a proxy and by us. */
function hasOneHost({ raw }: FastifyRequest): boolean {
  let found = 0;
  for (let at = 0; at < raw.rawHeaders.length; at += 2)
    if (raw.rawHeaders[at]!.length === 4 && raw.rawHeaders[at]!.toLowerCase() === 'host') found += 1;
  return found < 2;
}

/** A client here that asks for the address it reached us at, as the commands do. */
function isOfThisMachine(asked: string, { remoteAddress = '', localAddress = '' }: Socket): boolean {
  const [remote, local] = [unmapped(remoteAddress), unmapped(localAddress)];
  if (!isLoopbackAddress(remote)) return remote !== '' && remote === local && asked === local;
  return asked === 'localhost' || isLoopbackAddress(asked) || UNSPECIFIED.has(asked);
}
