import { expect, test } from 'vitest';
import { countTypos, distanceToBeginning } from './typos.ts';

test.each([
  ['plan', 'plan', 0],
  ['plan', 'planning', 0],
  ['paln', 'planning', 1],
  ['plon', 'plan', 1],
  ['pln', 'plan', 1],
  ['plaan', 'plan', 1],
  ['migartoin', 'migration', 2],
  ['', 'plan', 0],
  ['plan', '', 4],
])('“%s” begins “%s” but for %i letters', (word, other, distance) => {
  expect(distanceToBeginning(word, other)).toBe(distance);
});

test('short words must be there as they are, longer ones may have a letter or two wrong, and every one must be there', () => {
  expect(countTypos(['map'], 'My map of Riga')).toBe(0);
  expect(countTypos(['mop'], 'My map of Riga')).toBeNull();
  expect(countTypos(['quartrely', 'reprot'], 'Quarterly report')).toBe(2);
  expect(countTypos(['quarterly', 'zebra'], 'Quarterly report')).toBeNull();
  expect(countTypos(['ежик'], 'Ёжики в тумане')).toBe(0);
  expect(countTypos(['fog'], '')).toBeNull();
});
