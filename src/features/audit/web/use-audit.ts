/** The log of what admins did. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '#web/api/http.ts';
import type { AuditItem } from '../audit.ts';
import type { Action } from '../rules.ts';

/** Empty is everything; days as the browser's own calendar has them, the last one included. */
export type AuditFilter = { actor: string; action: Action | ''; from: string; to: string };

const dayStart = (day: string, plusDays = 0): string => {
  const date = new Date(`${day}T00:00:00`);
  date.setDate(date.getDate() + plusDays);
  return date.toISOString();
};

/** Page after page, newest first. */
export function useAudit({ actor, action, from, to }: AuditFilter) {
  return useInfiniteQuery({
    queryKey: ['audit', actor, action, from, to],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ limit: '50' });
      if (actor) query.set('actor', actor);
      if (action) query.set('action', action);
      if (from) query.set('from', dayStart(from));
      if (to) query.set('to', dayStart(to, 1));
      if (pageParam) query.set('cursor', pageParam);
      return api<{ items: AuditItem[]; nextCursor: string | null }>(
        'GET',
        `/api/v1/admin/audit?${query}`,
        undefined,
        signal,
      );
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: (before) => before,
    staleTime: 0,
  });
}
