/** Addresses that no outbound connection may reach: the metadata services of clouds, which hand out credentials. */
import { type LookupAddress, lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

const blocked = new BlockList();
// Link-local: 169.254.169.254 of AWS, Azure, Google and others, in plain, NAT64 and 6to4 form.
blocked.addSubnet('169.254.0.0', 16, 'ipv4');
blocked.addSubnet('64:ff9b::a9fe:0', 112, 'ipv6');
blocked.addSubnet('2002:a9fe::', 32, 'ipv6');
blocked.addSubnet('fe80::', 10, 'ipv6');
blocked.addAddress('fd00:ec2::254', 'ipv6');
// Alibaba, Oracle and Azure have one of their own each.
blocked.addAddress('100.100.100.200', 'ipv4');
blocked.addAddress('192.0.0.192', 'ipv4');
blocked.addAddress('168.63.129.16', 'ipv4');

/** True for an IP address that must not be connected to; IPv4-mapped IPv6 counts as the IPv4 address it is. */
export function isBlockedAddress(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && blocked.check(address, family === 4 ? 'ipv4' : 'ipv6');
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
