/** Tells requests of this machine's own people from all others. */
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { isLoopbackAddress } from '#platform/ip.ts';

/** A Host that names this machine, whatever the port. A name that merely resolves to it does not count (DNS rebinding). */
const LOOPBACK_HOST = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;

/** What a proxy adds to a request that it passes on. */
const FORWARDED = /^(?:forwarded|via|x-real-ip|x-client-ip|true-client-ip|cf-connecting-ip|x-forwarded-.+)$/;

/** True for an address to listen on, as HOST has it, that other machines cannot reach. */
export const isLoopbackHost = (host: string): boolean =>
  host.toLowerCase() === 'localhost' || isLoopbackAddress(host);

/**
 * True when the request was made on this machine, for this machine: over the loopback interface, with a loopback Host, and by
 * no proxy. Each condition keeps somebody out: the connection other machines, the Host a website whose name was pointed at
 * 127.0.0.1, and the rest a proxy on this machine, whose visitors all come over loopback. A proxy gives itself away by the
 * headers it adds (whether they are believed or not: TRUST_PROXY plays no part), by the Host it keeps, or, as nginx does when
 * told nothing, by speaking HTTP/1.0. Headers can only make a request less local, so nothing is gained by forging them.
 */
export function isLocalRequest({ raw }: Pick<FastifyRequest, 'raw'>): boolean {
  return (
    isLoopbackAddress(raw.socket.remoteAddress ?? '') &&
    LOOPBACK_HOST.test(raw.headers.host ?? '') &&
    raw.httpVersion !== '1.0' &&
    !wasForwarded(raw.headers)
  );
}

const wasForwarded = (headers: IncomingHttpHeaders): boolean =>
  Object.keys(headers).some((name) => FORWARDED.test(name));
