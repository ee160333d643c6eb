import { expect, test } from 'vitest';
import { addressKey, addressLimits } from './address.ts';

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['::ffff:cb00:7107', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002::9', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['unknown', 'unknown'],
])('%s counts as %s', (ip, key) => expect(addressKey(ip)).toBe(key));

test('all networks of an IPv6 site count together as well, up to a hundred a minute', () => {
  expect(addressLimits('sign-in', '2001:db8:1:2::9', 20)).toEqual([
    { key: 'sign-in:address:2001:db8:1:2::/64', max: 20 },
    { key: 'sign-in:site:2001:db8:1::/48', max: 100 },
  ]);
  expect(addressLimits('sign-in', '2001:db8:1:ffff::9', 20)[1]).toEqual({
    key: 'sign-in:site:2001:db8:1::/48',
    max: 100,
  });
  expect(addressLimits('sign-in', '::ffff:203.0.113.7', 20)).toEqual([
    { key: 'sign-in:address:203.0.113.7', max: 20 },
  ]);
});
