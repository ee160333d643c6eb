import { expect, test } from 'vitest';
import { bulkFilter, countFilters, listQuery, NO_FILTERS, readFilters, writeFilters } from './filters.ts';

const read = (address: string) => readFilters(new URLSearchParams(address));

test('an address says filters, and is written from them again', () => {
  const address =
    '?q=a+%26+b&archived=all&projectId=p&after=2026-01-31&before=2026-02-28&metadata=%7B%22wave%22%3A1%7D&tag=x%2Fy&tag=z';
  const filters = read(address);
  expect(filters).toMatchObject({ q: 'a & b', tags: ['x/y', 'z'], archived: 'all', metadata: '{"wave":1}' });
  expect(writeFilters(filters)).toBe(address);
  expect(countFilters(filters)).toBe(6);
  expect(writeFilters(NO_FILTERS)).toBe('');
});

test('what nobody could have meant counts as not said', () => {
  expect(
    read(
      '?archived=maybe&pinned=1&visibility=x&after=2026-02-31&before=soon&metadata=[1]&tag=&tag=a&tag=a&colour=red',
    ),
  ).toEqual({ ...NO_FILTERS, tags: ['a'] });
});

test('days begin and end where the reader is', () => {
  const { after, before } = bulkFilter(read('?after=2026-01-31&before=2026-01-31'));
  expect(new Date(after!).getTime()).toBe(new Date(2026, 0, 31).getTime());
  expect(new Date(before!).getTime()).toBe(new Date(2026, 1, 1).getTime());
});

test('the list and what is done to all that match ask for the same', () => {
  const filters = read('?tag=a&tag=b&metadata=%7B%22wave%22%3A1%7D&pinned=true');
  expect(bulkFilter(filters)).toEqual({
    archived: 'false',
    pinned: 'true',
    tag: ['a', 'b'],
    metadata: { wave: 1 },
  });
  expect(Object.fromEntries(new URLSearchParams(listQuery(filters)))).toEqual({
    archived: 'false',
    pinned: 'true',
    tag: 'b',
    metadata: '{"wave":1}',
  });
  // Never empty: what is done to all says which.
  expect(bulkFilter(NO_FILTERS)).toEqual({ archived: 'false', pinned: 'all' });
});
