import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api } from '#web/api/http.ts';
import type { TagCount } from '../../order.ts';
import { keys } from '../chat-cache.ts';
import type { Page } from '../list-pages.ts';

/** Tags that are offered at a time. */
const OFFERED = 8;

/** The own tags in which these letters are, those of most chats first. */
export function useTagsLike(letters: string, enabled: boolean): readonly TagCount[] {
  const { data } = useQuery({
    queryKey: [...keys.tags, 'like', letters],
    queryFn: ({ signal }) =>
      api<Page<TagCount>>(
        'GET',
        `/api/v1/tags?${new URLSearchParams({ limit: String(OFFERED), q: letters })}`,
        undefined,
        signal,
      ),
    enabled: enabled && letters.length <= 64,
    placeholderData: (before) => before,
  });
  return enabled ? (data?.items ?? []) : [];
}

/** All own tags, page by page. */
export function useTags() {
  return useInfiniteQuery({
    queryKey: [...keys.tags, 'all'],
    queryFn: ({ pageParam, signal }) =>
      api<Page<TagCount>>(
        'GET',
        `/api/v1/tags?limit=100${pageParam ? `&cursor=${pageParam}` : ''}`,
        undefined,
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}
