/** Formulas in Markdown: what is one, how it is drawn, and what a hostile one may not do. */
import { describe, expect, it } from 'vitest';
import { closeMarks } from '../text/close-marks.ts';
import { parseBlock } from './parse-block.ts';
import type { Branch, Glyph, Tree } from './tree.ts';
import { typeset, typesetAll } from './typeset.ts';

type Found = { tex: string; display: boolean; open: boolean };

const formulasIn = (tree: Tree | null): Found[] => {
  if (tree === null || typeof tree === 'string') return [];
  if (tree.tag === 'math') return [{ tex: tree.tex, display: tree.display, open: tree.open }];
  return (tree as Branch).children.flatMap(formulasIn);
};
const wordsIn = (tree: Tree | null): string =>
  tree === null
    ? ''
    : typeof tree === 'string'
      ? tree
      : tree.tag === 'pre'
        ? tree.code
        : tree.children.map(wordsIn).join('');
const formulas = (text: string) => formulasIn(parseBlock(text));
const inline = (tex: string) => [{ tex, display: false, open: false }];
const display = (tex: string) => [{ tex, display: true, open: false }];

describe('a formula within a line', () => {
  it.each([
    ['Say $x + 1$ again', 'x + 1'],
    ['the $n$th one', 'n'],
    ['Say \\(x_1\\) again', 'x_1'],
    ['($\\alpha$)', '\\alpha'],
    ['**bold $a*b*c$ words**', 'a*b*c'],
    ['> quoted $a\n> < b$ words', 'a\n< b'],
    ['over $a\n< b$ two lines', 'a\n< b'],
    ['costs $\\$5$', '\\$5'],
    ['|a|\n|-|\n|$x_1$|', 'x_1'],
  ])('%j', (text, tex) => expect(formulas(text)).toEqual(inline(tex)));

  it.each([
    ['$$E = mc^2$$', 'E = mc^2'],
    ['So \\[a = b\\] holds', 'a = b'],
  ])('on a line of its own, in %j', (text, tex) => expect(formulas(text)).toEqual(display(tex)));

  it.each([
    'It costs $5 and $10.',
    'From $5-$10 a month, US$20 a year, 5$ or 6$.',
    'It costs $5, or 5$ in all',
    'echo $HOME and $PATH, $HOME/$PATH',
    'code `$x$` and \\$x\\$',
    'see \\[citation needed\\] and \\(see below\\), note \\[12\\]',
    'a [link](https://example.org/?a=$b&c=$d)',
    '```\n$x$\n$$\ny\n$$\n```',
    '$ x $ and $ and $$',
  ])('not in %j', (text) => expect(formulas(text)).toEqual([]));

  it('amounts of money stay as they are written', () => {
    expect(wordsIn(parseBlock('It costs $5 and $10.'))).toBe('It costs $5 and $10.');
  });
});

describe('a formula of several lines', () => {
  it.each([
    ['$$\na\n= b\n+ c\n$$', 'a\n= b\n+ c'],
    ['We have:\n\\[\n- a > b\n\\]\nand go on', '- a > b'],
    ['$$ a\n+ b $$', 'a\n+ b '],
    ['> $$\n> a\n> $$\n> words', 'a'],
    ['1. First:\n   \\[\n   a = b\n   \\]\n2. Next', 'a = b'],
    ['- $$\n  a\n  $$', 'a'],
    ['\\begin{x}\n\n$$\n# a\n$$', '# a'],
  ])('%j', (text, tex) => expect(formulas(text)).toEqual(display(tex)));

  it('keeps the words around it', () => {
    expect(wordsIn(parseBlock('Before:\n$$\na\n$$ after')).replace(/\s+/g, ' ')).toBe('Before: after');
  });

  it('does not go over a blank line, or where nothing ends it', () => {
    expect(formulas('$$\na\n\nb\n$$')).toEqual([]);
    expect(formulas('\\[\na')).toEqual([]);
  });
});

describe('while it is written', () => {
  const growing = (text: string) => parseBlock(closeMarks(text));

  it('half a formula within a line is left out', () => {
    expect(wordsIn(growing('The value $\\frac{a}'))).toBe('The value');
    expect(wordsIn(growing('The value \\(x'))).toBe('The value');
    expect(wordsIn(growing('The value $'))).toBe('The value');
  });

  it('but money and words are not', () => {
    expect(wordsIn(growing('It costs $5'))).toBe('It costs $5');
    expect(wordsIn(growing('It costs $5 and'))).toBe('It costs $5 and');
    expect(wordsIn(growing('Use $HOME for'))).toBe('Use $HOME for');
    expect(wordsIn(growing('*see* \\(see below for'))).toContain('(see below for');
  });

  it('one of several lines is shown as far as it has come', () => {
    expect(formulasIn(growing('We have\n$$\na_1 *\n'))).toEqual([
      { tex: 'a_1 *', display: true, open: true },
    ]);
    expect(formulasIn(growing('- so\n  \\[\n  a'))).toEqual([{ tex: 'a', display: true, open: true }]);
  });

  it('at every split of a text nothing is lost or left half', () => {
    const text = 'If $a_1 < b$ then \\(x\\):\n\\[\n\\frac{a}{b}\n\\]\nfor $5 and $10 in `$c$`.';
    for (let at = 1; at <= text.length; at++) {
      const words = wordsIn(growing(text.slice(0, at)));
      expect([at, /\\[([]|frac|<|_1/.test(words)]).toEqual([at, false]);
    }
  });
});

const namesIn = (glyph: Glyph): string[] =>
  typeof glyph === 'string' ? [] : [glyph.name, ...glyph.children.flatMap(namesIn)];
const attributesIn = (glyph: Glyph): string[] =>
  typeof glyph === 'string'
    ? []
    : [
        ...Object.values(glyph.attributes),
        ...Object.values(glyph.style),
        ...glyph.children.flatMap(attributesIn),
      ];

describe('typesetting', () => {
  it('draws a formula with its meaning beside it for those who hear the page', () => {
    const drawn = typeset('\\frac{a}{b} + \\sqrt{x}', true)!;
    expect(namesIn(drawn)).toEqual(expect.arrayContaining(['math', 'mfrac', 'annotation', 'svg', 'path']));
    expect(JSON.stringify(drawn)).toContain('\\\\frac{a}{b} + \\\\sqrt{x}');
    expect(attributesIn(drawn)).toContain('katex-html');
  });

  it('colours and boxes are drawn', () => {
    expect(attributesIn(typeset('\\color{#ff0000} \\boxed{x}', false)!)).toEqual(
      expect.arrayContaining(['#ff0000']),
    );
  });

  it.each(['\\frac{a', '\\nosuchcommand', '}', '\\begin{aligned} a', 'x^^y', '\\left( a'])(
    '%s stays as it is written',
    (tex) => expect(typeset(tex, false)).toBe(null),
  );

  it.each([
    '\\href{javascript:alert(1)}{x}',
    '\\url{https://evil.test}',
    '\\includegraphics{https://evil.test/x.png}',
    '\\htmlStyle{background:url(https://evil.test)}{x}',
    '\\htmlClass{evil}{x}',
    '\\htmlData{evil=1}{x}',
    '\\htmlId{evil}{x}',
    '<img src=x onerror=alert(1)>',
    '\\text{<script>alert(1)</script>}',
    '\\color{red;background:url(https://evil.test)}x',
  ])('%s has no effect beyond its letters', (tex) => {
    const drawn = typeset(tex, false);
    if (drawn === null) return;
    expect(namesIn(drawn).filter((name) => /^(?:a|img|script|iframe)$/.test(name))).toEqual([]);
    expect(attributesIn(drawn).filter((value) => /evil|javascript|url\(/.test(value))).toEqual([]);
  });

  it.each([
    [
      'definitions that double',
      '\\def\\a{xx}\\def\\b{\\a\\a}\\def\\c{\\b\\b}\\def\\d{\\c\\c}\\def\\e{\\d\\d}\\def\\f{\\e\\e}\\def\\g{\\f\\f}\\g\\g\\g',
    ],
    ['a definition of itself', '\\def\\a{\\a\\a}\\a'],
    ['nesting', `${'{'.repeat(2900)}x${'}'.repeat(2900)}`],
    ['roots in roots', `${'\\sqrt{'.repeat(700)}x${'}'.repeat(700)}`],
    ['fractions in fractions', `${'\\frac{1}{'.repeat(500)}x${'}'.repeat(500)}`],
    ['many letters', 'x^2'.repeat(1900)],
    ['a wide matrix', `\\begin{matrix}${'1&'.repeat(1900)}\\end{matrix}`],
    ['length', 'x'.repeat(100_000)],
    ['a page of a rule', '\\rule{99999em}{99999em}'],
  ])('%s cost no more than they may', (_name, tex) => {
    typeset('x', false);
    const begun = performance.now();
    const drawn = typeset(tex, true);
    // The worker that does this is ended after 100 ms; on a busy machine all takes longer.
    expect(performance.now() - begun).toBeLessThan(1000);
    if (drawn) {
      expect(namesIn(drawn).length).toBeLessThanOrEqual(8000);
      expect(attributesIn(drawn).filter((value) => /\d{4,}em/.test(value))).toEqual([]);
    }
  });

  it('stops after its time, and leaves the rest as it is written', () => {
    const one = `$${'x^{2}'.repeat(150)}$ `;
    const tree = typesetAll(parseBlock(one.repeat(200))!);
    const drawn: boolean[] = [];
    const visit = (node: Tree): void => {
      if (typeof node === 'string') return;
      if (node.tag === 'math') drawn.push(node.drawn !== null);
      for (const child of node.children) visit(child);
    };
    visit(tree);
    expect([drawn.length, drawn[0], drawn.at(-1)]).toEqual([200, true, false]);
  });
});
