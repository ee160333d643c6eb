import { expect, test } from 'vitest';
import { toSnippet } from './snippet.ts';

const mark = (word: string) => `\u0002${word}\u0003`;
const text = (marked: string) =>
  toSnippet(marked)
    .map((piece) => piece.text)
    .join('');

test('a marked text is cut where matches begin and end', () => {
  expect(toSnippet(`a ${mark('red')} ${mark('fox')}`)).toEqual([
    { text: 'a ', match: false },
    { text: 'red', match: true },
    { text: ' ', match: false },
    { text: 'fox', match: true },
  ]);
  expect(toSnippet('')).toEqual([]);
});

test('signs that part words are gone', () => {
  expect(text('src\u0004/\u0004boot\u0004.\u0004ts')).toBe('src/boot.ts');
});
