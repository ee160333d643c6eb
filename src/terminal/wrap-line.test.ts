import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import widthOf from 'fast-string-width';
import { expect, test } from 'vitest';
import { createMarkdownWriter } from './markdown-writer.ts';
import { coloured, plain } from './paint.ts';
import { cutToWidth, wrapText } from './wrap-line.ts';

const draw = (text: string, width: number, paint = plain): string => {
  const writer = createMarkdownWriter(paint, width, true);
  return writer.write(text) + writer.end();
};

test.each([
  ['the quick brown fox jumps', 10, 'the quick\nbrown fox\njumps'],
  ['exactly ten', 11, 'exactly ten'],
  ['- the quick brown fox', 12, '• the quick\n  brown fox'],
  ['12. the quick brown fox', 14, '12. the quick\n    brown fox'],
  ['> the quick brown fox', 12, '│ the quick\n│ brown fox'],
  ['see https://example.org/a/long/address now', 12, 'see\nhttps://example.org/a/long/address\nnow'],
  ['съешь ещё этих мягких булок', 12, 'съешь ещё\nэтих мягких\nбулок'],
  ['漢字を読むことができます。', 10, '漢字を読む\nことができ\nます。'],
  ['hi 👩‍👩‍👧 there 👋🏽 you', 8, 'hi 👩‍👩‍👧\nthere 👋🏽\nyou'],
  ['é́é́é́ é́é́ é́é́é́', 6, 'é́é́é́ é́é́\né́é́é́'],
  ['```\na line of code that is longer\n```', 12, '  code\n  a line of code that is longer\n'],
])('%j in %d columns ends its lines between words', (text, width, expected) => {
  expect(draw(text, width)).toBe(expected);
});

test('a table that fits is drawn, one that does not stays as it came', () => {
  const table = '| one | two |\n|---|---|\n| a b c d e f | g |';
  expect(draw(table, 40)).toContain('a b c d e f │ g');
  expect(draw(table, 12)).toBe(table);
});

test('a style ends with its line and begins again on the next', () => {
  expect(draw('- **the quick brown fox**', 12, coloured)).toBe(
    '\u001b[2m•\u001b[22m \u001b[1mthe quick\u001b[22m\n  \u001b[1mbrown fox\u001b[22m',
  );
});

const words = fc.array(
  fc.constantFrom(
    'a',
    'word',
    'слово',
    '漢',
    '字',
    '。',
    '👋',
    'é',
    ' ',
    '  ',
    '\t',
    '**',
    '`x y`',
    '\n',
    '- ',
    '> ',
  ),
  { maxLength: 80 },
);
const width = fc.integer({ min: 12, max: 100 });

test('no line is wider than the terminal, and no letter is lost or moved', () => {
  const letters = (text: string): string => text.replace(/[\s│•>*`-]/g, '');
  fc.assert(
    fc.property(words, width, (parts, columns) => {
      // Longer than a line is only a word that is longer than a line.
      const text = parts.join(' ').replaceAll('\t', ' ');
      const drawn = draw(text, columns);
      for (const line of drawn.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(columns);
      expect(letters(drawn)).toBe(letters(draw(text, 100_000)));
    }),
  );
});

test('however the text is cut into pieces, its lines end at the same places', () => {
  fc.assert(
    fc.property(
      words,
      width,
      fc.infiniteStream(fc.integer({ min: 1, max: 6 })),
      (parts, columns, lengths) => {
        const characters = [...parts.join('')];
        const writer = createMarkdownWriter(coloured, columns, true);
        let drawn = '';
        while (characters.length > 0)
          drawn += writer.write(characters.splice(0, lengths.next().value).join(''));
        drawn += writer.end();
        const whole = draw(parts.join(''), columns, coloured);
        expect(stripVTControlCharacters(drawn)).toBe(stripVTControlCharacters(whole));
      },
    ),
  );
});

test('a status is cut to one line, by columns', () => {
  expect(cutToWidth('в очереди: 3-й из 7', 9)).toBe('в очеред…');
  expect(cutToWidth('漢字漢字', 5)).toBe('漢字…');
  expect(cutToWidth('short', 9)).toBe('short');
});

test('a text of several lines keeps them', () => {
  expect(wrapText('one two\n\nthree four', 6)).toBe('one\ntwo\n\nthree\nfour');
});
