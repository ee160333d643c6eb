/** Whose word about where a request comes from is taken, as TRUST_PROXY has it. */
import { BlockList, isIP } from 'node:net';
import type { TrustedProxies } from '#config';
import { unmapped } from '#platform/ip.ts';

/** True for the address of a proxy that is trusted, `hop` proxies before us (0: the one that connects). */
export type Trust = (address: string | undefined, hop: number) => boolean;

/** Makes the rule of a setting. */
export function trustIn(setting: TrustedProxies): Trust {
  if (setting === false) return () => false;
  if (typeof setting === 'number') return (_address, hop) => hop < setting;
  const trusted = new BlockList();
  for (const network of setting) {
    const [address = '', prefix] = network.split('/');
    const family = familyOf(address);
    if (prefix === undefined) trusted.addAddress(address, family);
    else trusted.addSubnet(address, Number(prefix), family);
  }
  return (given) => {
    const address = given === undefined ? '' : unmapped(given);
    return isIP(address) !== 0 && trusted.check(address, familyOf(address));
  };
}

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/**
 * What of an `X-Forwarded-For` can be read from its end: who wrote something that is no address cannot be looked behind,
 * so the hop that named it is the last one known. Empty when that is the very last entry.
 */
export function readableHops(forwardedFor: string): string {
  const hops = forwardedFor.split(',').map((hop) => hop.trim());
  return hops.slice(hops.findLastIndex((hop) => isIP(hop) === 0) + 1).join(', ');
}
