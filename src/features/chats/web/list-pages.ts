/** Where a chat belongs in the pages of a list, and a message in the pages of a branch. Pure. */
import type { InfiniteData } from '@tanstack/react-query';
import type { Message } from '#features/messages/messages.ts';
import type { Chat } from '../chats.ts';

export type Page<T> = {
  items: T[];
  nextCursor: string | null;
  /** The first message here, where those between it and the next page are not read: that one ends above `nextCursor`. */
  gap?: string;
};
export type Pages<T> = InfiniteData<Page<T>, string | null>;

/** The list with the chat placed by its last activity; one older than what is loaded waits on a later page. */
export function placeChat(list: Pages<Chat>, chat: Chat): Pages<Chat> {
  const pages = withoutChat(list, chat.id).pages;
  const last = pages.length - 1;
  let placed = false;
  const next = pages.map((page, index) => {
    if (placed) return page;
    const before = page.items.findIndex((other) => other.activeAt < chat.activeAt);
    const end = index === last && page.nextCursor === null;
    if (before === -1 && !end) return page;
    placed = true;
    const at = before === -1 ? page.items.length : before;
    return { ...page, items: page.items.toSpliced(at, 0, chat) };
  });
  return { ...list, pages: next };
}

/** The list with the chat as it is now, in its place. */
export function replaceChat(list: Pages<Chat>, chat: Chat): Pages<Chat> {
  const pages = list.pages.map((page) =>
    page.items.some(({ id }) => id === chat.id)
      ? { ...page, items: page.items.map((other) => (other.id === chat.id ? chat : other)) }
      : page,
  );
  return { ...list, pages };
}

export function withoutChat(list: Pages<Chat>, chatId: string): Pages<Chat> {
  const pages = list.pages.map((page) =>
    page.items.some(({ id }) => id === chatId)
      ? { ...page, items: page.items.filter(({ id }) => id !== chatId) }
      : page,
  );
  return { ...list, pages };
}

/**
 * The current branch with one more message after its parent; what came after the parent before is another branch
 * now. The first page is the newest. Undefined when the parent is not on a loaded page.
 */
export function placeMessage(list: Pages<Message> | undefined, message: Message): Pages<Message> | undefined {
  if (!list) return undefined;
  const at = (id: string | null) => list.pages.findIndex((page) => page.items.some((item) => item.id === id));
  const already = at(message.id);
  if (already !== -1) {
    const pages = list.pages.map((page, index) =>
      index === already
        ? { ...page, items: page.items.map((item) => (item.id === message.id ? message : item)) }
        : page,
    );
    return { ...list, pages };
  }
  if (message.parentId === null)
    return { pages: [{ items: [message], nextCursor: null }], pageParams: [null] };
  const parentPage = at(message.parentId);
  if (parentPage === -1) return undefined;
  const page = list.pages[parentPage]!;
  const upTo = page.items.findIndex(({ id }) => id === message.parentId) + 1;
  return {
    pages: [{ ...page, items: [...page.items.slice(0, upTo), message] }, ...list.pages.slice(parentPage + 1)],
    pageParams: [null, ...list.pageParams.slice(parentPage + 1)],
  };
}

/**
 * The same for what a send is answered with. It is told twice, by the answer and by a frame, and the later of both may be older than
 * what is known by then: the reply may have ended, and versions been counted.
 */
export function placeSent(list: Pages<Message> | undefined, message: Message): Pages<Message> | undefined {
  const known = list?.pages.flatMap(({ items }) => items).find(({ id }) => id === message.id);
  return placeMessage(list, { ...message, ...known });
}
