import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBlock } from '../parse/parse-block.ts';
import type { Tree } from '../parse/tree.ts';
import { closeMarks } from './close-marks.ts';
import { outline } from './outline.ts';

/** What a reader sees of a tree. */
const wordsOf = (tree: Tree | null): string =>
  tree === null ? 'UNPARSED' : typeof tree === 'string' ? tree : tree.children.map(wordsOf).join('');

const shown = (block: string): string => wordsOf(parseBlock(closeMarks(block)));

const CORPUS = [
  'A **bold** word, an *emphasised* one, __both__ of _them_ and ***all*** at once.',
  'See [the **line**](https://example.com/a_(b) "its title") and [one](<https://a.b/c d>) more.',
  'Call `f(*args)` and ``a ` b`` with **`code` in bold** and ~~nothing~~ else.',
  '## A heading with **weight**',
  '- one **item**\n- two `items`\n  - three [links](https://a.b)\n- [x] done *well*\n- [ ] not yet',
  '1. first **one**\n2. second *one*',
  '> quoted **words**\n> and `more` of them',
  '| place | who **waits** |\n|---:|:---|\n| 1 | *you* |\n| 2 | `a \\| colleague` |',
  'A picture ![of **us**](https://example.com/us.png) among words.',
  'Mail <https://example.com/x> or <mailto:a@b.c> to us.',
  'First line with **bold that\ngoes on** and *ends*.',
  'A sentence with snake_case_names, 2 * 3 * 4 and a < b.',
];
/** The marks that are meant as words in them. */
const MEANT = [
  'snake_case_names',
  '2 * 3 * 4',
  'f(*args)',
  'a ` b',
  'a < b',
  'a | colleague',
  'snake_case_',
  'snake_',
  '2 * 3 *',
  '2 *',
  'f(*',
  'a `',
  'a <',
  'a |',
  'args',
];
const rest = (words: string): string => MEANT.reduce((text, meant) => text.replaceAll(meant, ''), words);

describe('what is drawn of a block that grows', () => {
  it.each(CORPUS)('has no half marks at any point of %j', (text) => {
    for (let length = 1; length <= text.length; length++) {
      const words = rest(shown(text.slice(0, length)));
      expect([
        text.slice(0, length),
        words.match(/\*|`|\]\(|\[(?!\d)|!\[|__|~|\||<|https:\/\/a\.b\)/g),
      ]).toEqual([text.slice(0, length), null]);
    }
  });

  it.each(CORPUS)('is in the end what the whole text is: %j', (text) => {
    expect(parseBlock(closeMarks(text))).toEqual(parseBlock(text));
  });

  it('shows what is bold and what is code before their ends have come', () => {
    expect(parseBlock(closeMarks('so **bo'))).toEqual(parseBlock('so **bo**'));
    expect(parseBlock(closeMarks('so **bold*'))).toEqual(parseBlock('so **bold**'));
    expect(parseBlock(closeMarks('so **bold *and* `co'))).toEqual(parseBlock('so **bold *and* `co`**'));
    expect(parseBlock(closeMarks('so [the *wo](htt'))).toEqual(parseBlock('so the *wo*'));
  });

  it('draws a table from its first row on', () => {
    for (const half of ['| a | b', '| a | b |\n', '| a | b |\n|', '| a | b |\n|--', '| a | b |\n|---|-'])
      expect(JSON.stringify(parseBlock(closeMarks(half)))).toContain('"tag":"th"');
  });

  it('does not take a line for a heading because the next one begins with a dash', () => {
    expect(JSON.stringify(parseBlock(closeMarks('Two things:\n-')))).not.toContain('"tag":"h2"');
  });

  it('leaves code in a list alone', () => {
    const list = '- so:\n\n  ```py\n  def f(**kwargs';
    expect(closeMarks(list)).toBe(list);
  });

  it('leaves words alone that are no marks', () => {
    for (const text of [
      '5 * 3',
      'a_b_c',
      'see [this](is a remark that goes on',
      'x [1] y',
      'C:\\dir',
      '3 < 4 and so',
    ])
      expect(shown(text)).toBe(wordsOf(parseBlock(text)));
  });

  it('never throws, never grows much, and takes no longer than a glance, whatever comes', () => {
    const mark = fc.constantFrom(
      '*',
      '**',
      '`',
      '``',
      '[',
      ']',
      '(',
      ')',
      '![',
      '_',
      '~~',
      '|',
      '\n',
      '\\',
      '<',
      'a',
      ' ',
      '> ',
      '- ',
      '#',
      '\n\n',
    );
    fc.assert(
      fc.property(fc.array(mark, { maxLength: 60 }), (marks) => {
        const text = marks.join('');
        expect(closeMarks(text).length).toBeLessThan(2 * text.length + 20);
      }),
    );
    for (const one of [
      '[',
      ']',
      '`',
      '*',
      '_',
      '(',
      '[a](',
      '![',
      '<',
      '|',
      ' ',
      '\\',
      '> ',
      '*a ',
      '[a][',
      '-',
      '`a',
    ]) {
      const from = performance.now();
      closeMarks(one.repeat(100_000 / one.length));
      expect([one, performance.now() - from < 1000]).toEqual([one, true]);
    }
  });
});

it('a text that grows by any steps is cut into the same blocks as at once', () => {
  const line = fc.constantFrom(
    'a',
    '- b',
    '  c',
    '```',
    '```js',
    '~~~',
    '',
    '',
    '1. d',
    '> e',
    '| f |',
    '    g',
    '[^1]: h',
    '\t',
    '[r]: i',
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 40 }), fc.array(fc.nat(60)), (lines, steps) => {
      const text = lines.join('\n');
      let grown = outline('');
      let at = 0;
      for (const step of [...steps, text.length]) {
        at = Math.min(text.length, at + step);
        grown = outline(text.slice(0, at), grown);
      }
      expect(grown.blocks).toEqual(outline(text).blocks);
    }),
    { numRuns: 2000 },
  );
});
