import { expect, it } from 'vitest';
import { initialsOf } from './initials-of.ts';

it('takes the first letters of the first and the last word, in any script', () => {
  expect(initialsOf('Ada Lovelace')).toBe('AL');
  expect(initialsOf('Ada King Lovelace')).toBe('AL');
  expect(initialsOf('Ада')).toBe('А');
  expect(initialsOf('  “Bob”  ')).toBe('B');
  expect(initialsOf('𝒜da 𝓑ob')).toBe('𝒜𝓑');
  expect(initialsOf('—')).toBe('');
});
