import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cleanTitle } from './clean-title.ts';

it.each([
  ['as it is', 'Why the sky is blue', 'Why the sky is blue'],
  ['quotation marks', '"Why the sky is blue"', 'Why the sky is blue'],
  ['quotation marks of other languages', '«Почему небо голубое»', 'Почему небо голубое'],
  ['marks within marks', '“‘Blue’”', 'Blue'],
  ['marks that end within', '“Emma” and “Persuasion”', '“Emma” and “Persuasion”'],
  ['a label', 'Title: Blue skies', 'Blue skies'],
  ['a label in Russian', 'Название чата: Голубое небо', 'Голубое небо'],
  ['a label in markup', '**Title:** “Blue skies”', 'Blue skies'],
  ['a label within markup', '**Title: Blue skies**', 'Blue skies'],
  ['a label on its own line', 'Title:\n\nBlue skies', 'Blue skies'],
  ['an introduction', 'Here is a title for it:\n\n# Blue skies\n\nI hope this helps!', 'Blue skies'],
  ['a heading', '## Blue skies', 'Blue skies'],
  ['a list', '1. Blue skies\n2. Red skies', 'Blue skies'],
  ['code', '```\nBlue skies\n```', 'Blue skies'],
  ['code in the line', 'Sorting with `Array.sort`', 'Sorting with Array.sort'],
  ['names with marks', 'Renaming snake_case to camel_case', 'Renaming snake_case to camel_case'],
  ['a link', '[Blue skies](https://example.org)', 'Blue skies'],
  ['tags', '<title>Blue <b>skies</b></title>', 'Blue skies'],
  ['what is compared', 'When a < b and b > c', 'When a < b and b > c'],
  ['a full stop', 'Blue skies.', 'Blue skies'],
  ['three of them', 'And then...', 'And then...'],
  ['a question mark', 'Why blue?', 'Why blue?'],
  ['thoughts', '<think>\nThe user asks.\n</think>\n\nBlue skies', 'Blue skies'],
  ['thoughts without their beginning', 'The user asks.\n</think>\nBlue skies', 'Blue skies'],
  ['thoughts without their end', '<think>The user asks for a title', null],
  ['control and direction', 'Blue\u202e\u0007 \u2066skies', 'Blue skies'],
  ['half a character', 'Blue \ud83d', 'Blue'],
  ['nothing', ' \n\n', null],
  ['marks alone', '***\n---\n“”', null],
])('takes off %s', (_what, said, title) => {
  expect(cleanTitle(said)).toBe(title);
});

it('cuts what is too long at a word, with the mark within 60 characters', () => {
  const title = cleanTitle(
    'How the wavelength of light decides what colour the sky has at noon and at dusk',
  )!;
  expect(title).toBe('How the wavelength of light decides what colour the sky has…');
  expect(cleanTitle('x'.repeat(200))).toBe(`${'x'.repeat(59)}…`);
});

it('counts as people do, and cuts no character in two', () => {
  const family = '👩‍👩‍👧';
  expect(cleanTitle(family.repeat(60))).toBe(family.repeat(60));
  expect(cleanTitle(family.repeat(61))).toBe(`${family.repeat(59)}…`);
});

const SEGMENTS = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

it('makes one short line of whatever is said', () => {
  const pieces = fc.constantFrom(
    'Title: ',
    '**',
    '"',
    '«',
    '»',
    '`',
    '\n',
    '# ',
    '<think>',
    '</think>',
    'word ',
    '. ',
    '[a](b)',
    '\u202e',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string({ unit: 'binary' })), { maxLength: 40 }), (said) => {
      const title = cleanTitle(said.join(''));
      if (title === null) return;
      expect(title).toMatch(/^[^\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]+$/u);
      expect(title).toBe(title.trim());
      expect([...SEGMENTS.segment(title)].length).toBeLessThanOrEqual(60);
      expect(title.isWellFormed()).toBe(true);
    }),
  );
});

it('takes no time for what is made to take it', () => {
  for (const piece of ['*', '_', '`', '[', '<a', '<think>', '"', '- ', '1. ']) {
    const before = performance.now();
    cleanTitle(piece.repeat(200_000));
    expect(performance.now() - before).toBeLessThan(500);
  }
});
