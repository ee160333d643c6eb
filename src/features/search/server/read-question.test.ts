import { expect, test } from 'vitest';
import { readQuestion } from './read-question.ts';

const filter = (name: string, value: string, not = false) => ({ name, value, not });

test.each<[string, string, ReturnType<typeof filter>[]]>([
  ['red fox', 'red fox', []],
  ['red tag:work fox', 'red fox', [filter('tag', 'work')]],
  ['tag:"two words" fox', 'fox', [filter('tag', 'two words')]],
  ['project:«Мой проект»', '', [filter('project', 'Мой проект')]],
  ['-tag:old', '', [filter('tag', 'old', true)]],
  ['TAG:Work', '', [filter('tag', 'Work')]],
  ['model:ollama/llama3:8b', '', [filter('model', 'ollama/llama3:8b')]],
  ['tag:/x', '', [filter('tag', '/x')]],
  ['tag:', '', [filter('tag', '')]],
  ['tag:"open', '', [filter('tag', 'open')]],
  ['colour:red', '', [filter('colour', 'red')]],
  ['Error: cannot read', 'Error: cannot read', []],
  ['https://example.org std::vector 12:30', 'https://example.org std::vector 12:30', []],
  ['“red fox” -"a b"', '"red fox" -"a b"', []],
  ['"tag:work"', '"tag:work"', []],
  ['--fox - -bear', '-fox -bear', []],
])('%s', (asked, words, filters) => {
  const question = readQuestion(asked);
  expect([question.words, question.filters]).toEqual([words, filters]);
});

test('plain words may be misspelt; what is in quotes, left out or one of two is meant as it is', () => {
  expect(readQuestion('Ёжик in-the fog tag:x').loose).toEqual(['ежик', 'the', 'fog']);
  for (const asked of ['"red fox"', 'red -fox', 'red or fox']) expect(readQuestion(asked).loose).toEqual([]);
});
