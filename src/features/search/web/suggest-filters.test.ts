import { expect, test } from 'vitest';
import { complete, filterWith, openFilter, suggestFilters, withoutLast } from './suggest-filters.ts';
import { isWhole, toValues } from './to-values.ts';

test.each<[string, string[]]>([
  ['', []],
  ['a', []],
  ['ar', ['archived:']],
  ['ta', ['tag:']],
  ['kittens -ha', ['-has:']],
  ['from:', ['from:me', 'from:model']],
  ['from:mo', ['from:model']],
  ['from:model', []],
  ['is:SH', ['is:shared']],
  ['tag:wo', []],
  ['tag:work ', []],
  ['zebra', []],
])('“%s” may become %j', (typed, options) => {
  expect(suggestFilters(typed)).toEqual(options);
});

test('the last word becomes the filter, and typing goes on behind a value', () => {
  expect(complete('kittens ta', 'tag:')).toBe('kittens tag:');
  expect(complete('kittens from:m', 'from:me')).toBe('kittens from:me ');
  expect(complete('', 'tag:')).toBe('tag:');
  expect(complete('kittens ', 'is:shared')).toBe('kittens is:shared ');
});

test.each<[string, string | null]>([
  ['tag:', ''],
  ['kittens -project:br', 'br'],
  ['project:"Lake and r', 'Lake and r'],
  ['project:«Озеро и р', 'Озеро и р'],
  ['TAG:x', 'x'],
  ['tag:work ', null],
  ['project:"Lake" ', null],
  ['project:"Lake"', null],
  ['at 10:30', null],
  ['std::vec', null],
  ['colour:red', null],
])('in “%s” the value that is typed is %j', (typed, value) => {
  expect(openFilter(typed)?.value ?? null).toBe(value);
});

test('a value with spaces is put in quotes, and takes the place of what was begun', () => {
  const open = openFilter('kittens -project:"Lake and r')!;
  const word = filterWith(open, 'Lake and river')!;
  expect(word).toBe('-project:"Lake and river"');
  expect(complete('kittens -project:"Lake and r', word)).toBe('kittens -project:"Lake and river" ');
  expect(withoutLast('kittens tag:w')).toBe('kittens ');
});

test('values that begin with what was typed come first, and one with quotes goes by its id', () => {
  const open = openFilter('project:la')!;
  const known = [
    { name: 'Old lake', id: '1' },
    { name: 'Lakes', id: '2' },
    { name: '«Last»', id: '3' },
    { name: 'River', id: '4' },
  ];
  expect(toValues(open, known)).toEqual([
    { name: 'Lakes', word: 'project:Lakes' },
    { name: 'Old lake', word: 'project:"Old lake"' },
    { name: '«Last»', word: 'project:3' },
  ]);
  expect([isWhole(open, known), isWhole(openFilter('project:lakes')!, known)]).toEqual([false, true]);
});
