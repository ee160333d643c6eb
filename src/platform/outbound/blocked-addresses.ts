/**
 * Addresses that no outbound connection may reach: the metadata services of clouds, which hand out credentials, and what is
 * no address of a machine at all. Loopback, private and shared networks (RFC 1918, 4193, 6598) stay open: models run there.
 */
import { type LookupAddress, lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { dotted, hextetsOf } from '#platform/ip.ts';

const blocked = new BlockList();
// Link-local: 169.254.169.254 of AWS, Azure, Google and others, their fellows beside it, and what is like them in IPv6.
blocked.addSubnet('169.254.0.0', 16, 'ipv4');
blocked.addSubnet('fe80::', 10, 'ipv6');
// Alibaba and Azure have one of their own each; that of Oracle lies among IETF's protocol assignments, which are no machines.
blocked.addAddress('100.100.100.200', 'ipv4');
blocked.addAddress('168.63.129.16', 'ipv4');
blocked.addSubnet('192.0.0.0', 24, 'ipv4');
// Networks that AWS, Google and Oracle keep within fd00::/8 for theirs, and Scaleway's.
for (const network of ['fd00:ec2::', 'fd20:ce::', 'fd00:c1::']) blocked.addSubnet(network, 32, 'ipv6');
blocked.addAddress('fd00:42::42', 'ipv6');
// Multicast, what is reserved and broadcast, and what is discarded.
blocked.addSubnet('224.0.0.0', 3, 'ipv4');
blocked.addSubnet('ff00::', 8, 'ipv6');
blocked.addSubnet('100::', 64, 'ipv6');

/** True for an IP address that must not be connected to, in itself or by the IPv4 address it carries. */
export function isBlockedAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return blocked.check(address, 'ipv4');
  const hextets = hextetsOf(address);
  if (!hextets) return false;
  return (
    blocked.check(hextets.map((group) => group.toString(16)).join(':'), 'ipv6') ||
    carriedBy(hextets).some((carried) => blocked.check(carried, 'ipv4'))
  );
}

/** A way of writing an IPv4 address into an IPv6 one: what such an address begins with, and where the IPv4 one may stand. */
type Carrier = { prefix: readonly number[]; at: readonly (readonly [number, number])[] };

const LAST = [[6, 7]] as const;
/** As gateways on the way translate or unpack them; of the IANA special-purpose registry all that carry one. */
const CARRIERS: readonly Carrier[] = [
  // IPv4-compatible (RFC 4291, 2.5.5.1), mapped (2.5.5.2), translated (SIIT, RFC 2765).
  { prefix: [0, 0, 0, 0, 0, 0], at: LAST },
  { prefix: [0, 0, 0, 0, 0, 0xffff], at: LAST },
  { prefix: [0, 0, 0, 0, 0xffff, 0], at: LAST },
  // NAT64 (RFC 6052), and of a network's own (RFC 8215), where the prefix may have any length.
  { prefix: [0x64, 0xff9b, 0, 0, 0, 0], at: LAST },
  { prefix: [0x64, 0xff9b, 1], at: [...LAST, [3, 4], [4, 5], [5, 6]] },
  // 6to4 (RFC 3056), and Teredo's server (RFC 4380).
  { prefix: [0x2002], at: [[1, 2]] },
  { prefix: [0x2001, 0], at: [[2, 3]] },
];

/** Every IPv4 address that such an address may lead to. */
function carriedBy(hextets: readonly number[]): string[] {
  const found = CARRIERS.filter(({ prefix }) => prefix.every((group, at) => hextets[at] === group)).flatMap(
    ({ at }) => at.map(([high, low]) => dotted(hextets[high]!, hextets[low]!)),
  );
  // ISATAP (RFC 5214), on any network.
  if ((hextets[4]! & 0xfdff) === 0 && hextets[5] === 0x5efe) found.push(dotted(hextets[6]!, hextets[7]!));
  // A Teredo client's own, written with all its bits turned.
  if (hextets[0] === 0x2001 && hextets[1] === 0)
    found.push(dotted(hextets[6]! ^ 0xffff, hextets[7]! ^ 0xffff));
  // RFC 6052 leaves a byte of zeros in the middle of one that begins within the first 64 bits.
  if (hextets[0] === 0x64 && hextets[1] === 0xff9b && hextets[2] === 1)
    found.push(dotted(hextets[3]!, ((hextets[4]! & 0xff) << 8) | (hextets[5]! >> 8)));
  return found;
}

/** The error code of a refused look-up. */
export const BLOCKED_ADDRESS = 'ERR_BLOCKED_ADDRESS';

/**
 * `dns.lookup` that fails when any address of a name is blocked. The connection goes to the very addresses that
 * were checked, so a name that resolves differently the next moment (DNS rebinding) gains nothing.
 */
export const guardedLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, options, (error, found: string | LookupAddress[], family) => {
    if (error) return callback(error, found, family);
    const addresses = typeof found === 'string' ? [found] : found.map((each) => each.address);
    if (addresses.some(isBlockedAddress))
      return callback(
        Object.assign(new Error('a blocked address'), { code: BLOCKED_ADDRESS }),
        found,
        family,
      );
    callback(null, found, family);
  });
};
