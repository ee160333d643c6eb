import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '#web/api/http.ts';
import type { Chat } from '../../chats.ts';
import { keys } from '../chat-cache.ts';
import type { Page } from '../list-pages.ts';
import { type Filters, listQuery } from './filters.ts';

type FoundPage = Page<Chat> & { total?: number };

/** The chats that match, page by page; the first page says how many there are. */
export function useFound(filters: Filters) {
  const query = listQuery(filters);
  return useInfiniteQuery({
    queryKey: keys.found(query),
    queryFn: ({ pageParam, signal }) =>
      api<FoundPage>(
        'GET',
        `/api/v1/chats?limit=200&${query}${pageParam ? `&cursor=${pageParam}` : '&total=true'}`,
        undefined,
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    // What was found stays until what is looked for now is there.
    placeholderData: (before) => before,
  });
}
