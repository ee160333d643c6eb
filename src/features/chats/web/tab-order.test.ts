import { expect, it } from 'vitest';
import { neighbourOf, withoutTab, withTab } from './tab-order.ts';

it('opens a tab at the end and once, and lets the oldest go when there are too many', () => {
  expect(withTab(['a', 'b'], 'c')).toEqual(['a', 'b', 'c']);
  expect(withTab(['a', 'b'], 'a')).toEqual(['a', 'b']);
  const ten = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10'];
  expect(withTab(ten, '11')).toEqual([...ten.slice(1), '11']);
});

it('closes one, and goes to the next, else to the one before', () => {
  expect(withoutTab(['a', 'b', 'c'], 'b')).toEqual(['a', 'c']);
  expect(neighbourOf(['a', 'b', 'c'], 'b')).toBe('c');
  expect(neighbourOf(['a', 'b', 'c'], 'c')).toBe('b');
  expect(neighbourOf(['a'], 'a')).toBeNull();
});
