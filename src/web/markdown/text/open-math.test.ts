import { expect, it } from 'vitest';
import { endOfMath, holdsMath } from './open-math.ts';

it.each(['$x$', 'so \\(x\\)', '$$\n5\n$$', '> \\[\n> 5\n> \\]', 'half of $\\frac{1}', '1. a\n   \\[\n   x'])(
  'there is a formula in %j',
  (text) => expect(holdsMath(text)).toBe(true),
);

it.each([
  'plain',
  'It costs $5.',
  '$5 and $10',
  'echo $HOME and $PATH',
  '\\$x\\$',
  'so \\[see below\\]',
  'a \\ b',
])('there is none in %j', (text) => expect(holdsMath(text)).toBe(false));

it('says where one ends, or that its end is still to come', () => {
  expect(endOfMath('a $x$ b', 2)).toBe(5);
  expect(endOfMath('a \\(x\\) b', 2)).toBe(7);
  expect(endOfMath('a $$x$$ b', 2)).toBe(7);
  expect(endOfMath('a $x', 2)).toBe('open');
  expect(endOfMath('a $$x$', 2)).toBe('open');
  expect(endOfMath('a $5 and', 2)).toBe(null);
  expect(endOfMath('US$x$', 2)).toBe(null);
});

it('takes a time that grows with the text and no faster', () => {
  for (const piece of ['$', '$a ', '\\(', '\\[a', '$$', '\\'])
    expect([piece, timeOf(piece.repeat(100_000))]).toEqual([piece, true]);
});

function timeOf(text: string): boolean {
  const begun = performance.now();
  holdsMath(text);
  return performance.now() - begun < 500;
}
