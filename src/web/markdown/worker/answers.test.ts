import { expect, it } from 'vitest';
import { Answers } from './answers.ts';

it('keeps the latest, by how long their questions are', () => {
  const answers = new Answers<number>(10);
  answers.keep('aaaa', 1);
  answers.keep('bbbb', 2);
  expect(answers.get('aaaa')).toBe(1);
  answers.keep('cccc', 3);
  expect([answers.get('aaaa'), answers.get('bbbb'), answers.get('cccc')]).toEqual([1, undefined, 3]);
  answers.keep('cccc', 4);
  expect([answers.get('aaaa'), answers.get('cccc')]).toEqual([1, 4]);
});
