import { expect, test } from 'vitest';
import { plainText } from './plain-text.ts';

const plain = (markdown: string) => plainText(markdown, { addresses: false });

test.each([
  ['# Title', 'Title'],
  ['> - [x] done', 'done'],
  ['Is **bold**, *slanted*, ~~gone~~ and __strong__.', 'Is bold, slanted, gone and strong.'],
  ['**outer *inner* outer**', 'outer inner outer'],
  ['См. **важное**, это', 'См. важное, это'],
  ['see [the guide](https://example.org/a_(b) "Title") now', 'see the guide now'],
  ['[![alt](pic.png)](https://example.org)', 'alt'],
  ['<https://example.org/x>', 'https://example.org/x'],
  ['| a | b |', '  a   b  '],
  ['|---|:-:|', ''],
  ['[1]: https://example.org "Title"', ''],
  ['call `f(**kwargs)` here', 'call f(**kwargs) here'],
  ['5 \\* 3', '5 * 3'],
])('%j reads %j', (markdown, text) => {
  expect(plain(markdown)).toBe(text);
});

test.each([
  '2 ** 3 and 2**3',
  'snake_case_name',
  'a * b * c',
  '5* hotel',
  'C# and #tag',
  'std::vector',
  'x[i](',
  '1. one',
])('%j has no marks and stays as it is', (text) => {
  expect(plain(text)).toBe(text);
});

test('code stays as it is between its fences, which are gone', () => {
  expect(plain('Do:\n```py\n# note\nx = **y\n```\n**so**')).toBe('Do:\n\n# note\nx = **y\n\nso');
  expect(plain('````md\n```js\n**a**\n```\n````')).toBe('\n```js\n**a**\n```\n');
  expect(plain('```py\nnever closed **')).toBe('\nnever closed **');
});

test('where links lead and languages of code stay where they are asked for', () => {
  expect(plainText('[guide](https://example.org)\n```py\n1\n```', { addresses: true })).toBe(
    'guide https://example.org\npy\n1\n',
  );
});

test('marks without an end take no longer than others', () => {
  const hostile = ['[', '[a](', '**a ', '`', '_a', '> ', '- ', '|', '<http://', '[a](b "', '~~a', '\\', '*'];
  for (const piece of hostile) {
    const begun = performance.now();
    plain(piece.repeat(20_000 / piece.length));
    expect(performance.now() - begun, piece).toBeLessThan(150);
  }
});
