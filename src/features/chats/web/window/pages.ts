/** The pages of a branch with a window in it: the page at the end, and pages that stand further up, with a gap between. Pure. */
import type { Message } from '#features/messages/messages.ts';
import type { Page, Pages } from '../list-pages.ts';
import type { InnerPage } from './read-page.ts';

/** Pages, the newest first, each of which says where the next one ends. */
export const toPages = (pages: Page<Message>[]): Pages<Message> => ({
  pages,
  pageParams: [null, ...pages.slice(0, -1).map(({ nextCursor }) => nextCursor)],
});

/** The end of a branch and the pages of a window, the newest first, whose first says what stands below it. What meets has no gap. */
export function withWindow(
  end: Page<Message>,
  [newest, ...older]: [InnerPage, ...Page<Message>[]],
): Pages<Message> {
  const known = new Set(end.items.map(({ id }) => id));
  const { newerCursor = null, ...page } = newest;
  const window = [page, ...older].map((one) => ({
    ...one,
    items: one.items.filter(({ id }) => !known.has(id)),
  }));
  const meets =
    newerCursor === null || known.has(newerCursor) || newest.items.some(({ id }) => known.has(id));
  const { items } = end;
  const first = items[0];
  const last: Page<Message> =
    meets || !first
      ? { items, nextCursor: first?.parentId ? first.id : null }
      : { items, nextCursor: newerCursor, gap: first.id };
  return toPages([last, ...window.filter((one) => one.items.length > 0)]);
}
