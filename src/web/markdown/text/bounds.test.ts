import { expect, it } from 'vitest';
import { costOf } from './bounds.ts';

const table = (columns: number, rows: number) =>
  `${'|a'.repeat(columns)}|\n${'|-'.repeat(columns)}|\n${'|x|\n'.repeat(rows)}`;

it('ordinary blocks are parsed at once, long ones in the worker', () => {
  for (const block of [
    'Words, and more **words**.',
    '- a\n  - b\n    - c\n      1. d',
    '> > quoted twice',
    table(5, 20),
    '# A | heading',
  ])
    expect([block, costOf(block)]).toEqual([block, 'cheap']);
  for (const block of ['word '.repeat(400), table(20, 100)]) expect(costOf(block)).toBe('dear');
});

it.each([
  ['a table of 3,000 columns', `${'|a'.repeat(1000)}\n${'|-'.repeat(1000)}\n${'|\n'.repeat(1000)}`],
  ['a table of more than 5,000 cells', table(100, 60)],
  ['the same in a quote', table(100, 60).replace(/^/gm, '> ')],
  ['4,000 quotes in each other', '> '.repeat(4000)],
  ['21 quotes in each other', `${'>'.repeat(21)} a`],
  ['lists in each other, in a line', '- '.repeat(30)],
  [
    'lists in each other, line by line',
    Array.from({ length: 30 }, (_, at) => `${' '.repeat(2 * at)}- a`).join('\n'),
  ],
  ['the same in a quote', Array.from({ length: 30 }, (_, at) => `> ${' '.repeat(2 * at)}- a`).join('\n')],
  ['more than 100,000 characters', 'a '.repeat(60_000)],
])('%s is not parsed at all', (_, block) => expect(costOf(block)).toBe('plain'));
