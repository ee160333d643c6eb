import { expect, test } from 'vitest';
import { nameModels } from './model-names.ts';

const MODELS = [
  { id: 'a/small', name: 'small', endpoint: 'a' },
  { id: 'b/small', name: 'small', endpoint: 'b' },
  { id: 'b/large', name: 'large', endpoint: 'b' },
];

test('models are called by their names, and told apart by their endpoints where these are the same', () => {
  expect(nameModels(['a/small', 'b/large'], MODELS)).toEqual(['small', 'large']);
  expect(nameModels(['a/small', 'b/small', 'b/large'], MODELS)).toEqual(['small · a', 'small · b', 'large']);
});

test('one that is gone keeps the name in its id, and one that is not known yet has none', () => {
  expect(nameModels(['gone/org/one', null, null], MODELS)).toEqual(['org/one', '', '']);
  expect(nameModels(['gone/small', 'a/small'], MODELS)).toEqual(['small · gone', 'small · a']);
});
