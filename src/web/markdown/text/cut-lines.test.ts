import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cutCode, cutLines } from './cut-lines.ts';

it('pieces are short, and joined they are the text', () => {
  const text = fc.array(fc.constantFrom('a', 'bb', '\n', ' ')).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 9 }), (whole, most) => {
      const pieces = cutLines(whole, most);
      expect(pieces.join('')).toBe(whole);
      expect(pieces.every((piece) => piece.length <= most)).toBe(true);
      expect(cutCode(whole, most).join('')).toBe(whole);
      expect(
        cutCode(whole, most)
          .slice(0, -1)
          .every((piece) => piece.endsWith('\n')),
      ).toBe(true);
    }),
  );
});
