import { expect, test } from 'vitest';
import { complete, suggestFilters } from './suggest-filters.ts';

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
