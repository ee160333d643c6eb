import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '#web/api/http.ts';
import type { SearchHit } from '../search.ts';

type Found = { items: SearchHit[]; nextCursor: string | null };

/** Long enough to type on, short enough to feel at once. */
const SETTLED_MS = 120;
const PAGE = 20;

/** What is found for a text, once typing pauses; what was found before stays until then. An empty one finds the latest chats. */
export function useHits(typed: string) {
  const asked = useSettled(typed.trim());
  const query = useInfiniteQuery({
    queryKey: ['search', asked],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({
        q: asked,
        limit: String(PAGE),
        ...(pageParam && { cursor: pageParam }),
      });
      return api<Found>('GET', `/api/v1/search?${query}`, undefined, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: (before) => before,
    // What is said meanwhile is to be found.
    staleTime: 0,
    gcTime: 60_000,
  });
  return { ...query, asked };
}

function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
