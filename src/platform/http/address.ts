/** Where a request comes from, as far as limits per address are concerned. */
import { hextetsOf, unmapped } from '#platform/ip.ts';

/** Hextets that providers hand to one connection (/64), and at most to one customer (/48, RFC 6177). */
const NETWORK_HEXTETS = 4;
const SITE_HEXTETS = 3;
/** Of anything that is limited per address, from all networks of an IPv6 site together. */
const SITE_PER_MINUTE = 100;

/** At most `max` a minute of what `key` names. */
export type AddressLimit = { key: string; max: number };

/**
 * What counts as one address: an IPv4 address, or the /64 network of an IPv6 one, because whoever has one address
 * of a /64 has all of them.
 */
export function addressKey(ip: string): string {
  const plain = unmapped(ip);
  return prefixOf(plain, NETWORK_HEXTETS) ?? plain;
}

/**
 * The limits that hold for an attempt from `ip`: `max` a minute for its address, and for IPv6 a wider one for its /48,
 * because many a customer has 65,536 networks to try from.
 */
export function addressLimits(what: string, ip: string, max: number): AddressLimit[] {
  const site = prefixOf(unmapped(ip), SITE_HEXTETS);
  return [
    { key: `${what}:address:${addressKey(ip)}`, max },
    ...(site === null ? [] : [{ key: `${what}:site:${site}`, max: Math.max(max, SITE_PER_MINUTE) }]),
  ];
}

/** The network of an IPv6 address, like `2001:db8:1:2::/64`; null for what is none. */
function prefixOf(ip: string, hextets: number): string | null {
  const groups = hextetsOf(ip)?.slice(0, hextets);
  return groups ? `${groups.map((group) => group.toString(16)).join(':')}::/${hextets * 16}` : null;
}
