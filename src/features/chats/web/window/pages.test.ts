import { expect, test } from 'vitest';
import type { Message } from '#features/messages/messages.ts';
import { withWindow } from './pages.ts';

/** Messages of a branch 0 – 1 – 2 – …, by their numbers. */
const items = (from: number, to: number): Message[] =>
  Array.from({ length: to - from }, (_, at) => {
    const nth = from + at;
    return { id: String(nth), parentId: nth > 0 ? String(nth - 1) : null } as Message;
  });
const page = (from: number, to: number, newerCursor?: string | null) => ({
  items: items(from, to),
  nextCursor: from > 0 ? String(from) : null,
  newerCursor,
});
const drawn = ({ pages }: ReturnType<typeof withWindow>) =>
  pages.map((one) => one.items.map(({ id }) => id).join(' '));

test('a window far above the end leaves a gap, which the end names', () => {
  const pages = withWindow(page(90, 93), [page(10, 13, '13'), page(7, 10)]);
  expect(drawn(pages)).toEqual(['90 91 92', '10 11 12', '7 8 9']);
  expect(pages.pages.map(({ gap, nextCursor }) => [gap, nextCursor])).toEqual([
    ['90', '13'],
    [undefined, '10'],
    [undefined, '7'],
  ]);
  // Each page is the one that its parameter asks for, so that reading all of them again gives the same.
  expect(pages.pageParams).toEqual([null, '13', '10']);
});

test('pages that meet or overlap have no gap, and each message once', () => {
  for (const newest of [page(7, 10, '10'), page(7, 12, '12'), page(7, 13, null)]) {
    const pages = withWindow(page(10, 13), [newest]);
    expect(drawn(pages)).toEqual(['10 11 12', '7 8 9']);
    expect(pages.pages[0]).toEqual({ items: items(10, 13), nextCursor: '10' });
    expect(pages.pageParams).toEqual([null, '10']);
  }
  expect(drawn(withWindow(page(0, 3), [page(0, 3, null)]))).toEqual(['0 1 2']);
});
