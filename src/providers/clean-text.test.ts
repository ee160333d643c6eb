import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanWhole, createTextCleaner } from './clean-text.ts';

/** UTF-16 units of which many are halves of pairs and some are NUL. */
const units = fc
  .array(fc.constantFrom('a', 'é', '\ud83d', '\ude00', '\0', '日', ''), { maxLength: 30 })
  .map((parts) => parts.join(''));

test('text that comes in pieces is, joined, the text cleaned as a whole, and each piece is well-formed', () => {
  fc.assert(
    fc.property(units, fc.array(fc.nat(30), { maxLength: 8 }), (text, cuts) => {
      const places = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
      const cleaner = createTextCleaner();
      const pieces = places.slice(1).map((to, at) => cleaner.push(text.slice(places[at], to)));
      pieces.push(cleaner.end());
      expect(pieces.join('')).toBe(cleanWhole(text));
      for (const piece of pieces) expect(piece.isWellFormed() && !piece.includes('\0')).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('clean text is what UTF-8 gives back', () => {
  fc.assert(
    fc.property(units, (text) => {
      const clean = cleanWhole(text);
      expect(Buffer.from(clean, 'utf8').toString('utf8')).toBe(clean);
    }),
  );
});
