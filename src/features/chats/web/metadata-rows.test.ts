import { expect, it } from 'vitest';
import { fromRows, toRows } from './metadata-rows.ts';

it('brings every kind of value back as it was', () => {
  const metadata = {
    text: 'plain',
    number: 7,
    looksLikeNumber: '7',
    quoted: '"x"',
    yes: true,
    list: [1, 'a'],
    none: null,
  };
  expect(fromRows(toRows(metadata))).toEqual(metadata);
});

it('leaves out fields without a name', () => {
  expect(
    fromRows([
      { id: 0, key: ' ', value: 'x' },
      { id: 1, key: ' a ', value: 'y' },
    ]),
  ).toEqual({ a: 'y' });
});
