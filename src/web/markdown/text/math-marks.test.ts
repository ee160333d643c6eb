import { expect, it } from 'vitest';
import { isBracketedMath, isInlineMath, looksOpen, mayHoldMath, mayOpen } from './math-marks.ts';

it.each(['x', 'a + b', 'n', '\\frac{1}{2}', '2x + 3', '3 \\times 4', '5', 'x_1, \\dots, x_n', 'E = mc^2'])(
  '%s between dollar signs is a formula',
  (inside) => expect(isInlineMath(inside, ' ')).toBe(true),
);

it.each([
  ['5 and ', '1'],
  ['5, or 5', ' '],
  ['20 million and 30', '.'],
  ['HOME/', 'P'],
  ['5-', '1'],
  ['', ' '],
  [' x', ' '],
  ['x ', ' '],
])('%j before %j is none', (inside, next) => expect(isInlineMath(inside, next)).toBe(false));

it('a formula may be followed by the end of a word', () => {
  expect(isInlineMath('n', 't')).toBe(true);
  expect(isInlineMath('\\alpha', 's')).toBe(true);
});

it('no dollar sign after a letter or digit opens one', () => {
  expect(['', ' ', '(', '“'].map(mayOpen)).toEqual([true, true, true, true]);
  expect(['S', '5', '$', 'ж'].map(mayOpen)).toEqual([false, false, false, false]);
});

it('what may become a formula is told from what reads as money or words', () => {
  expect(['x', 'a + b', '\\frac{1', '\\text{for all', 'x^'].map((inside) => looksOpen(inside))).toEqual(
    Array(5).fill(true),
  );
  expect(['5', '5 and', ' x', 'HOME', 'so it goes'].map((inside) => looksOpen(inside))).toEqual(
    Array(5).fill(false),
  );
});

it('a text without marks holds none', () => {
  expect(['plain (text) [with] brackets', '\\alpha'].map(mayHoldMath)).toEqual([false, false]);
  expect(['$x$', '\\(x\\)', '\\[x\\]'].map(mayHoldMath)).toEqual([true, true, true]);
});

it('escaped brackets around words, and around the number of a note, are no formula', () => {
  expect([isBracketedMath('see below', false), isBracketedMath('citation needed', true)]).toEqual([
    false,
    false,
  ]);
  expect([isBracketedMath('12, 13', true), isBracketedMath(' ', false)]).toEqual([false, false]);
  expect([isBracketedMath('n', false), isBracketedMath('5', false), isBracketedMath('a = b', true)]).toEqual([
    true,
    true,
    true,
  ]);
});
