/** Reading chats and messages: pages of the list, one chat, pages of its messages from the newest back. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { asEnded } from '#features/generations/web/index.ts';
import type { Message } from '#features/messages/messages.ts';
import { api } from '#web/api/http.ts';
import type { Chat } from '../chats.ts';
import { keys } from './chat-cache.ts';
import type { Page } from './list-pages.ts';

const query = (values: Record<string, string | null>): string =>
  new URLSearchParams(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== null),
  ).toString();

/** The own chats of the list, or of the archive, all of them or by whether they are pinned; `search` looks in titles. With `projectId` all that can be read in the project. */
export function useChats(
  archived: boolean,
  search = '',
  projectId: string | null = null,
  pinned: boolean | null = null,
) {
  return useInfiniteQuery({
    queryKey: keys.chats(archived, search, projectId, pinned),
    queryFn: ({ pageParam, signal }) =>
      api<Page<Chat>>(
        'GET',
        `/api/v1/chats?${query({ limit: '50', cursor: pageParam, archived: archived ? 'true' : null, q: search || null, projectId, pinned: pinned === null ? null : String(pinned) })}`,
        undefined,
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

/** One chat; null once it was deleted. */
export function useChat(chatId: string | null, enabled: boolean) {
  return useQuery({
    queryKey: keys.chat(chatId ?? ''),
    queryFn: ({ signal }) =>
      api<Chat>('GET', `/api/v1/chats/${chatId}`, undefined, signal) as Promise<Chat | null>,
    enabled: enabled && chatId !== null,
  });
}

/** What keeps a gap when the end of a branch is read again: fetched, and put here, with what makes gaps (`window/`). */
export const gaps: {
  keep?: (chatId: string | null, before: string | null, page: Page<Message>) => Promise<Page<Message>>;
} = {};

/** The current branch of a chat; the first page is the newest, more pages go back in time, perhaps with a gap after the first. */
export function useMessages(chatId: string | null, enabled: boolean) {
  return useInfiniteQuery({
    queryKey: keys.messages(chatId ?? ''),
    queryFn: async ({ pageParam, signal }) => {
      const read = await api<Page<Message>>(
        'GET',
        `/api/v1/chats/${chatId}/messages?${query({ limit: '50', before: pageParam })}`,
        undefined,
        signal,
      );
      const page = { ...read, items: read.items.map(asEnded) };
      return gaps.keep?.(chatId, pageParam, page) ?? page;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    enabled: enabled && chatId !== null,
  });
}
