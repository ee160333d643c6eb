/** Where a request comes from, as far as limits per address are concerned. */
import { isIPv6 } from 'node:net';

const HEXTETS_OF_A_NETWORK = 4;

/**
 * What counts as one address: an IPv4 address, or the /64 network of an IPv6 one, because whoever has one address
 * of a /64 has all of them.
 */
export function addressKey(ip: string): string {
  if (!isIPv6(ip)) return ip;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip);
  if (mapped) return mapped[1]!;
  const [head = '', tail] = ip.split('%')[0]!.split('::');
  const left = head ? head.split(':') : [];
  const right = tail ? tail.split(':') : [];
  const missing = tail === undefined ? 0 : 8 - left.length - right.length;
  const all = [...left, ...Array<string>(Math.max(0, missing)).fill('0'), ...right];
  const network = all.slice(0, HEXTETS_OF_A_NETWORK).map((part) => Number.parseInt(part, 16).toString(16));
  return `${network.join(':')}::/64`;
}
