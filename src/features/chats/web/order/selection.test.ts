import { beforeEach, expect, test } from 'vitest';
import { askToMoveSelected, clearSelection, selectAll, selectTo, toggle, useSelection } from './selection.ts';

const shown = ['a', 'b', 'c', 'd', 'e'];
const selected = () => [...useSelection.getState().ids].toSorted().join('');
beforeEach(clearSelection);

test('a range goes from the last one chosen, either way, and adds to what is selected', () => {
  toggle('b', shown);
  selectTo('d', shown);
  expect(selected()).toBe('bcd');
  selectTo('a', shown);
  expect(selected()).toBe('abcd');
  toggle('c', shown);
  expect(selected()).toBe('abd');
  selectTo('e', shown);
  expect(selected()).toBe('abcde');
});

test('a range from a chat that is not shown any more is the one chat', () => {
  toggle('z', shown);
  selectTo('c', shown);
  expect(selected()).toBe('cz');
});

test('of all that match one is let go, and the others that are shown stay', () => {
  selectAll();
  expect(useSelection.getState().all).toBe(true);
  toggle('c', shown);
  expect([useSelection.getState().all, selected()]).toEqual([false, 'abde']);
});

test('what is dropped takes the others that are selected along, if it is one of several', () => {
  toggle('a', shown);
  expect(askToMoveSelected('a', 'p')).toBe(false);
  toggle('b', shown);
  expect(askToMoveSelected('c', 'p')).toBe(false);
  expect(askToMoveSelected('a', 'p')).toBe(true);
  expect(useSelection.getState().droppedOn).toBe('p');
});
