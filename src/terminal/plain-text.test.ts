/** What comes from elsewhere cannot reach the terminal itself, by whatever way it is printed. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMarkdownWriter } from './markdown-writer.ts';
import { coloured } from './paint.ts';
import { asPlainLine, asPlainText, withStylesOnly } from './plain-text.ts';

/** Random bytes, thick with what terminals obey. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\u001b]52;c;aGk=\u0007',
        '\u001b]8;;https://evil.example\u001b\\here\u001b]8;;\u001b\\',
        '\u001b]0;title\u0007',
        '\u001b[2J',
        '\u001b[31m',
        '\u001b[1m',
        '\u001b',
        '\u009b2J',
        '\u009d52;c;aGk=\u009c',
        '\u202e',
        '\u2067',
        '\u061c',
        '\u2028',
        '\r',
        '\b',
        '\u007f',
        '\n',
        '\t',
        '**',
        '`',
        '[a](b)',
        '| a |\n|---|\n',
        '```\n',
      ),
      fc.uint8Array({ maxLength: 6 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
      fc.string({ unit: 'binary', maxLength: 6 }),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

// biome-ignore lint/suspicious/noControlCharactersInRegex: the codes themselves
const OUR_STYLES = /\u001b\[(?:1|2|3|4|22|23|24|36|39)m/g;
/** What terminals obey, and what turns the direction of reading. */
const OBEYED = /(?![\n\t])\p{Cc}|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufff9-\ufffb]/u;

test('a drawn reply holds our own styles and no other code, and a style of its own is none of ours', () => {
  fc.assert(
    fc.property(hostile, fc.integer({ min: 12, max: 100 }), fc.boolean(), (text, columns, wraps) => {
      const writer = createMarkdownWriter(coloured, columns, wraps);
      const drawn = writer.write(text) + writer.end();
      expect(drawn.replace(OUR_STYLES, '')).not.toMatch(OBEYED);
      expect(withStylesOnly(drawn)).toBe(drawn);
      const codes = drawn.match(OUR_STYLES) ?? [];
      expect(codes.length % 2).toBe(0);
    }),
    { numRuns: 300 },
  );
});

test('a title, an error and a name hold none at all, and the first and the last no newline', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      expect(asPlainText(text)).not.toMatch(OBEYED);
      expect(asPlainLine(text)).not.toMatch(/[\n\t]/);
      expect(asPlainLine(text)).not.toMatch(OBEYED);
      expect(withStylesOnly(text).replace(OUR_STYLES, '')).not.toMatch(OBEYED);
    }),
  );
});
