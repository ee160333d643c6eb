import { expect, it } from 'vitest';
import { outline } from '../text/outline.ts';
import { referencesOf } from '../text/references.ts';
import { colourCode } from './colour-code.ts';
import { parseBlock } from './parse-block.ts';
import type { Tree } from './tree.ts';

const json = (text: string, prefix?: string) => JSON.stringify(parseBlock(text, prefix));

/** Every branch of a tree with this tag. */
function all(tree: Tree | null, tag: string): Tree[] {
  if (tree === null || typeof tree === 'string') return [];
  return [...(tree.tag === tag ? [tree] : []), ...tree.children.flatMap((child) => all(child, tag))];
}

it('HTML is text, and addresses of scripts are nothing', () => {
  const tree = json('<img src=x onerror=alert(1)>\n\n<div onclick="x">y</div>\n\nan <b>inline</b> one');
  expect(tree).not.toMatch(/"tag":"(?:img|div|b)"/);
  expect(tree).toContain('<img src=x onerror=alert(1)>');
  expect(all(parseBlock('[a](javascript:alert(1)) [b](data:text/html,x) [c](vbscript:x)'), 'a')).toEqual([]);
  expect(json('[a](https://b.c "t")')).toContain('"href":"https://b.c/","title":"t"');
});

it('a task has its words as the label of its box, and what is nested in it as a list of its own', () => {
  const tree = parseBlock('- [x] buy **milk**\n  - skimmed\n\n\n1. [ ] sleep\n\n   long');
  const [first, second] = all(tree, 'li').filter(
    (item) => typeof item === 'object' && 'task' in item && item.task,
  );
  expect(first).toMatchObject({ children: [{ tag: 'label' }, { tag: 'ul' }, '\n'] });
  expect(JSON.stringify(first)).toContain('{"tag":"label","children":[{"tag":"box","checked":true');
  expect(all(second!, 'label')).toHaveLength(1);
});

it('links and footnotes are found across blocks, and numbered in the order in which they are meant', () => {
  const text =
    'One[^b], two[^a] and [a link][ref].\n\n[^a]: First *note*.\n\n    And more of it.\n\n[^b]: Second.\n\n[REF]: https://example.com/ref\n\nAgain[^a], never[^c].';
  const { blocks } = outline(text);
  const references = referencesOf(blocks, false);
  expect(references.footnotes.map(({ label, number, text: words }) => [number, label, words.trim()])).toEqual(
    [
      [1, 'b', 'Second.'],
      [2, 'a', 'First *note*.\n\nAnd more of it.'],
    ],
  );
  const [first] = blocks;
  const tree = parseBlock(first!.text, references.prefixOf(first!));
  expect(all(tree, 'note')).toMatchObject([{ label: 'b' }, { label: 'a' }]);
  expect(JSON.stringify(tree)).toContain('"href":"https://example.com/ref"');
  const last = blocks.at(-1)!;
  expect(JSON.stringify(parseBlock(last.text, references.prefixOf(last)))).toContain('never[^c].');
});

it('a footnote is meant before its text has come', () => {
  const { blocks } = outline('So it is[^1].');
  expect(
    all(parseBlock(blocks[0]!.text, referencesOf(blocks, true).prefixOf(blocks[0]!)), 'note'),
  ).toHaveLength(1);
  expect(json(blocks[0]!.text, referencesOf(blocks, false).prefixOf(blocks[0]!))).toContain('[^1]');
});

it('what would be too much to draw is not', () => {
  expect(parseBlock('*a* '.repeat(6_000))).toBeNull();
  expect(parseBlock(`${'*a **b '.repeat(100)}${'** *'.repeat(100)}`)).not.toBeUndefined();
});

it('what is cheap is cheap, whatever it is', () => {
  const hostile = [
    '[',
    ']',
    '](',
    '*a ',
    '***a',
    '`a',
    '<',
    '[^a]',
    '[^a]: x\n',
    '[a]: b\n',
    '> a\nb\n',
    'a\n=\n',
    '- a\n',
    '&',
    'a@b.c ',
  ];
  for (const one of hostile) {
    const text = one.repeat(1500 / one.length);
    parseBlock(text);
    const from = performance.now();
    parseBlock(text);
    expect([one, performance.now() - from < 500]).toEqual([one, true]);
  }
});

it('a language that nobody knows has no colours, and neither has code with endless lines', () => {
  for (const language of ['text', 'csv', 'log', 'mermaid', 'terraform', 'brainfuck', 'constructor'])
    expect([language, colourCode('a = 1', language)]).toEqual([language, null]);
  for (const language of ['ts', 'py', 'make', 'nginx', 'powershell', 'latex', 'C++'])
    expect([language, colourCode('a = 1', language)]).not.toEqual([language, null]);
  expect(colourCode('a'.repeat(60_000), 'java')).toBeNull();
});
