import { describe, expect, it } from 'vitest';
import type { Message } from '#features/messages/messages.ts';
import type { Chat } from '../chats.ts';
import { type Pages, placeChat, placeMessage, placeSent, withoutChat } from './list-pages.ts';

const chat = (id: string, day: number) =>
  ({ id, activeAt: `2026-01-${String(day).padStart(2, '0')}T00:00:00.000Z` }) as Chat;
const message = (id: string, parentId: string | null) => ({ id, parentId }) as Message;
const pages = <T>(cursor: string | null, ...lists: T[][]): Pages<T> => ({
  pages: lists.map((items, index) => ({
    items,
    nextCursor: index === lists.length - 1 ? cursor : `after-${index}`,
  })),
  pageParams: lists.map((_, index) => (index === 0 ? null : `after-${index - 1}`)),
});
const ids = (list: Pages<{ id: string }> | undefined) =>
  list?.pages.map((page) => page.items.map(({ id }) => id));

describe('a chat in the list', () => {
  const list = pages(null, [chat('d', 9), chat('c', 7)], [chat('b', 5), chat('a', 3)]);

  it('comes first when something was just said in it', () => {
    expect(ids(placeChat(list, chat('a', 20)))).toEqual([['a', 'd', 'c'], ['b']]);
  });

  it('stays in its place when only its title changed', () => {
    expect(ids(placeChat(list, { ...chat('b', 5), title: 'new' } as Chat))).toEqual([
      ['d', 'c'],
      ['b', 'a'],
    ]);
  });

  it('is the last of a list that is loaded to its end', () => {
    expect(ids(placeChat(list, chat('z', 1)))).toEqual([
      ['d', 'c'],
      ['b', 'a', 'z'],
    ]);
  });

  it('waits for its page when older chats are not loaded yet', () => {
    const open = pages('more', [chat('d', 9), chat('c', 7)]);
    expect(ids(placeChat(open, chat('z', 1)))).toEqual([['d', 'c']]);
  });

  it('is gone once deleted', () => {
    expect(ids(withoutChat(list, 'c'))).toEqual([['d'], ['b', 'a']]);
  });
});

describe('a message in the branch', () => {
  // The first page is the newest; older ones follow.
  const branch = pages(
    'older',
    [message('3', '2'), message('4', '3')],
    [message('1', '0'), message('2', '1')],
  );

  it('follows its parent', () => {
    expect(ids(placeMessage(branch, message('5', '4')))).toEqual([
      ['3', '4', '5'],
      ['1', '2'],
    ]);
  });

  it('takes the place of what followed its parent before: another branch is shown now', () => {
    expect(ids(placeMessage(branch, message('4b', '3')))).toEqual([
      ['3', '4b'],
      ['1', '2'],
    ]);
    expect(ids(placeMessage(branch, message('2b', '1')))).toEqual([['1', '2b']]);
  });

  it('replaces itself when it comes again', () => {
    const again = placeMessage(branch, { ...message('2', '1'), createdAt: 'later' } as Message);
    expect(ids(again)).toEqual([
      ['3', '4'],
      ['1', '2'],
    ]);
    expect(again?.pages[1]?.items[1]?.createdAt).toBe('later');
  });

  it('loses nothing that is known of it when its send is answered late', () => {
    const ended = { ...message('b', 'a'), content: [{ type: 'text', text: 'Done' }] } as Message;
    const answer = { ...message('b', 'a'), content: [] as Message['content'], authorId: null } as Message;
    const list = placeSent(pages(null, [message('a', null), ended]), answer);
    expect(list!.pages[0]!.items[1]).toEqual({ ...answer, content: ended.content });
    expect(ids(placeSent(pages(null, [message('a', null)]), answer))).toEqual([['a', 'b']]);
  });

  it('begins anew without a parent', () => {
    expect(ids(placeMessage(branch, message('0b', null)))).toEqual([['0b']]);
  });

  it('cannot be placed while its parent is on a page that is not loaded', () => {
    expect(placeMessage(branch, message('x', 'long ago'))).toBeUndefined();
  });
});
