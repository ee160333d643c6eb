/** What a user used: the days of a range, and their ledger page by page. */
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api } from '#web/api/http.ts';
import type { LedgerEntry } from '../ledger.ts';
import type { Usage } from '../usage.ts';

const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The last so many days, today included, as this browser's clock counts them. */
export function useUsage(days: number) {
  return useQuery({
    queryKey: ['usage', days],
    queryFn: () =>
      api<Usage>('GET', `/api/v1/usage?${new URLSearchParams({ days: String(days), timeZone })}`),
    placeholderData: keepPreviousData,
    staleTime: 5_000,
    refetchInterval: 15_000,
  });
}

/** Empty is no filter; days as the browser's clock counts them, both included. */
export type HistoryFilter = { state: string; from: string; to: string };

/** The filter as the ledger takes it. */
export function historyQuery({ state, from, to }: HistoryFilter): URLSearchParams {
  const query = new URLSearchParams();
  if (state) query.set('state', state);
  if (from) query.set('from', startOfDay(from, 0));
  if (to) query.set('to', startOfDay(to, 1));
  return query;
}

function startOfDay(day: string, later: number): string {
  const [year, month, date] = day.split('-').map(Number);
  return new Date(year!, month! - 1, date! + later).toISOString();
}

export function useHistory(filter: HistoryFilter) {
  const query = historyQuery(filter);
  return useInfiniteQuery({
    queryKey: ['history', query.toString()],
    queryFn: ({ pageParam, signal }) => {
      const page = new URLSearchParams(query);
      page.set('limit', '25');
      if (pageParam) page.set('cursor', pageParam);
      return api<{ items: LedgerEntry[]; nextCursor: string | null }>(
        'GET',
        `/api/v1/generations?${page}`,
        undefined,
        signal,
      );
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    staleTime: 5_000,
  });
}

/** Every day of the range with all its models together; days without anything are zeros. */
export function byDay(usage: Usage, days: number) {
  return Array.from({ length: days }, (_, index) => {
    const date = new Date();
    date.setHours(12, 0, 0, 0);
    date.setDate(date.getDate() - (days - 1 - index));
    const name = `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
    return { date, ...sumUp(usage.days.filter(({ day }) => day === name)) };
  });
}

export function byModel(usage: Usage) {
  const models = [...new Set(usage.days.map(({ model }) => model))];
  return models
    .map((model) => ({ model, ...sumUp(usage.days.filter((day) => day.model === model)) }))
    .sort((a, b) => b.generations - a.generations);
}

/** `wait`: milliseconds in line of one that started, on average; null when none did. */
export function sumUp(days: Usage['days']) {
  const sum = (name: 'generations' | 'inputTokens' | 'outputTokens' | 'started' | 'waitMs') =>
    days.reduce((total, day) => total + day[name], 0);
  const started = sum('started');
  return {
    generations: sum('generations'),
    inputTokens: sum('inputTokens'),
    outputTokens: sum('outputTokens'),
    wait: started > 0 ? sum('waitMs') / started : null,
  };
}
