/** IP addresses as numbers: what several ways of writing one have in common. */
import { isIP, isIPv6 } from 'node:net';

const HEXTETS = 8;

/** The eight 16-bit groups of an IPv6 address (RFC 4291), its zone left out; null for what is none. */
export function hextetsOf(address: string): number[] | null {
  const [plain = ''] = address.split('%', 1);
  if (!isIPv6(plain)) return null;
  // Written out by the URL parser: lower case, dotted endings as hextets, zeros as `::`.
  const [head = '', tail] = new URL(`http://[${plain}]`).hostname.slice(1, -1).split('::');
  const groups = (text: string) =>
    text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
  if (tail === undefined) return groups(head);
  const [left, right] = [groups(head), groups(tail)];
  return [...left, ...Array<number>(HEXTETS - left.length - right.length).fill(0), ...right];
}

/** Two hextets as the IPv4 address they stand for. */
export const dotted = (high: number, low: number): string =>
  [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');

/** An IPv4-mapped IPv6 address (`::ffff:a.b.c.d`, however it is written) as the IPv4 address it is; any other as it came. */
export function unmapped(address: string): string {
  const hextets = hextetsOf(address);
  const isMapped = hextets?.slice(0, 5).every((group) => group === 0) && hextets[5] === 0xffff;
  return hextets && isMapped ? dotted(hextets[6]!, hextets[7]!) : address;
}

/** True for the addresses by which a machine speaks to itself: 127.0.0.0/8 and `::1`. */
export function isLoopbackAddress(address: string): boolean {
  const plain = unmapped(address);
  if (isIP(plain) === 4) return plain.startsWith('127.');
  return hextetsOf(plain)?.join(':') === '0:0:0:0:0:0:0:1';
}
