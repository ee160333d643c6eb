import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMarkdownWriter } from './markdown-writer.ts';
import { coloured, type Paint, plain } from './paint.ts';

const tagged = Object.fromEntries(
  Object.keys(plain).map((name) => [
    name,
    (text: string) => (name === 'text' || text === '' ? text : `⟦${name} ${text}⟧`),
  ]),
) as Paint;

function draw(pieces: string[], paint = tagged, width = 80): string {
  const writer = createMarkdownWriter(paint, width);
  return merge(pieces.map((piece) => writer.write(piece)).join('') + writer.end());
}

/** Neighbours of one style look like one. */
function merge(text: string): string {
  const merged = text.replace(/⟦(\w+) ([^⟦⟧]*)⟧⟦\1 /g, '⟦$1 $2');
  return merged === text ? text : merge(merged);
}

test.each([
  ['**bold** and *slanted*', '<strong bold> and <emphasis slanted>'],
  ['snake_case and 2 * 3 * 4', 'snake_case and 2 * 3 * 4'],
  ['use `a*b*c` here', 'use <code a*b*c> here'],
  ['`open', '`open'],
  ['## A title', 'A title'],
  ['- one\n- two', '<mark •> one\n<mark •> two'],
  ['3. three', '<mark 3.> three'],
  ['> quoted', '<mark │> quoted'],
  ['[label](https://a.example)', 'label <mark (><link https://a.example><mark )>'],
  ['![picture](https://a.example/x.png)', 'picture <mark (><link https://a.example/x.png><mark )>'],
  ['\\*not\\*', '*not*'],
  ['```js\nlet a = 1;\n\n**x**\n```\nafter', '<mark   js>\n  <code let a = 1;>\n\n  <code **x**>\nafter'],
  ['| a | b |\n|---|---|\n| 1 | 22 |\nend', 'a<mark  │ >b\n<mark ──┼───>\n1<mark  │ >22\nend'],
])('draws %j', (markdown, expected) => {
  const withoutHeadingTag = { ...tagged, heading: plain.heading, quote: plain.quote };
  const withoutStrong = markdown.startsWith('|')
    ? { ...withoutHeadingTag, strong: plain.strong }
    : withoutHeadingTag;
  expect(draw([markdown], withoutStrong)).toBe(expected.replaceAll('<', '⟦').replaceAll('>', '⟧'));
});

test('text appears while it comes, not only at the end of its line', () => {
  const writer = createMarkdownWriter(plain);
  expect(writer.write('Hello, wor')).toBe('Hello, wor');
  expect(writer.write('ld')).toBe('ld');
});

const markdownish = fc
  .array(
    fc.constantFrom(
      'a',
      'b ',
      '*',
      '**',
      '_',
      '`',
      '```',
      '\n',
      '# ',
      '- ',
      '> ',
      '1. ',
      '|',
      '[',
      ']',
      '(',
      ')',
      '!',
      '\\',
      '---',
      '~~~',
      ' ',
      'ä',
      '😀',
    ),
  )
  .map((parts) => parts.join(''));

test('however a reply is cut into pieces, the same is drawn', () => {
  fc.assert(
    fc.property(markdownish, fc.infiniteStream(fc.integer({ min: 1, max: 5 })), (text, lengths) => {
      const pieces: string[] = [];
      const characters = [...text];
      while (characters.length > 0) pieces.push(characters.splice(0, lengths.next().value).join(''));
      const paint = { ...tagged, heading: plain.heading, quote: plain.quote };
      expect(draw(pieces, paint)).toBe(draw([text], paint));
    }),
  );
});

test('no letter of a reply is lost', () => {
  const letters = (text: string): string => text.replace(/[^ab😀ä]/gu, '');
  const withoutLinks = markdownish.map((text) => text.replaceAll('(', ''));
  fc.assert(
    fc.property(withoutLinks, (text) => {
      expect(letters(draw([text], plain))).toBe(letters(text));
    }),
  );
});

test('a reply cannot reach the terminal itself: control characters and direction overrides are left out', () => {
  const attack = 'a\u001b]0;title\u0007b\u009b2Jc\u202Ed\re';
  expect(draw([attack], plain)).toBe('a]0;titleb2Jcde');
});

test('colours always end where they began', () => {
  fc.assert(
    fc.property(markdownish, (text) => {
      const drawn = draw([text], coloured);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the codes themselves
      const codes = [...drawn.matchAll(/\u001b\[(\d+)m/g)].map((match) => Number(match[1]));
      expect(codes.length % 2).toBe(0);
    }),
  );
});
