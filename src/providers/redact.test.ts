import { expect, test } from 'vitest';
import { redact } from './redact.ts';

const KEY = 'sk-Canary/99+zq=7Rt0-xYw';
const encodings: [string, string][] = [
  ['as it is', KEY],
  ['in capitals', KEY.toUpperCase()],
  ['URL-encoded', encodeURIComponent(KEY)],
  ['in hexadecimal', Buffer.from(KEY).toString('hex')],
  ['as Basic credentials', Buffer.from(`:${KEY}`).toString('base64')],
  ['as credentials with a name', Buffer.from(`me:${KEY}`).toString('base64')],
  ['in base64', Buffer.from(KEY).toString('base64')],
  ['in base64url', Buffer.from(`a:${KEY}`).toString('base64url')],
];

test.each(encodings)('a key %s is taken out, and what stands around it stays', (_how, shown) => {
  const told = redact(`before ${shown} after`, KEY);
  expect(told).toMatch(/^before .{0,6}…+.{0,6} after$/);
  for (let at = 0; at + 8 <= shown.length; at++) expect(told).not.toContain(shown.slice(at, at + 8));
});

test('of a key that was shortened, what is left of it is taken out as well', () => {
  expect(redact(`wrong key ${KEY.slice(0, 12)}***${KEY.slice(-9)}.`, KEY)).toBe('wrong key …***….');
});

test.each([1, 4, 9, 15, KEY.length - 1])(
  'of a key cut off at the end of a text after %i characters nothing tells',
  (length) => {
    const told = redact(`the key ${KEY.slice(0, length)}`, KEY);
    expect(told.replace('the key ', '').length).toBeLessThan(4);
  },
);

test('a short key is taken out whole, and words that share its beginning stay', () => {
  expect(redact('key abc12 is wrong', 'abc12')).toBe('key … is wrong');
  expect(redact('an abc of it', 'abc12')).toBe('an abc of it');
  expect(redact('nothing to hide', null)).toBe('nothing to hide');
});
