import { expect, test } from 'vitest';
import { codeOf, keyAddress, matchingStep, stepAt, toBase32 } from './totp.ts';

/** Of the RFCs' test vectors. */
const SECRET = Buffer.from('12345678901234567890');

test('codes are those of RFC 6238, appendix B, in their last six digits', () => {
  const seconds = [59, 1111111109, 1111111111, 1234567890, 2000000000, 20000000000];
  expect(seconds.map((at) => codeOf(SECRET, stepAt(at * 1000)))).toEqual([
    '287082',
    '081804',
    '050471',
    '005924',
    '279037',
    '353130',
  ]);
});

test('the code of the step before and after counts, further ones and what is no code do not', () => {
  const now = 1111111111_000;
  const step = stepAt(now);
  const found = [-2, -1, 0, 1, 2].map((by) => matchingStep(SECRET, codeOf(SECRET, step + by), now));
  expect(found).toEqual([null, step - 1, step, step + 1, null]);
  for (const code of ['', '05047', '0504711', '05047x', '٠٥٠٤٧١', '-50471'])
    expect(matchingStep(SECRET, code, now)).toBeNull();
});

test('a key is written in base 32, as RFC 4648, section 10, has it, and read by apps from an address', () => {
  const texts = ['', 'f', 'fo', 'foo', 'foob', 'fooba', 'foobar'];
  expect(texts.map((text) => toBase32(Buffer.from(text)))).toEqual([
    '',
    'MY',
    'MZXQ',
    'MZXW6',
    'MZXW6YQ',
    'MZXW6YTB',
    'MZXW6YTBOI',
  ]);
  const address = new URL(keyAddress(SECRET, 'ada+1@example.org'));
  expect(address.href).toMatch(/^otpauth:\/\/totp\/Parley:ada%2B1%40example\.org\?/);
  expect(Object.fromEntries(address.searchParams)).toEqual({
    secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
    issuer: 'Parley',
    algorithm: 'SHA1',
    digits: '6',
    period: '30',
  });
});
