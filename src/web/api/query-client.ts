import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './http.ts';

/** What the page has read from the server; live events keep it true, so that it is seldom read again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      gcTime: 30 * 60_000,
      networkMode: 'always',
      retry: (failures, error) =>
        failures < 4 &&
        (!(error instanceof ApiError) || error.code === 'offline' || error.code === 'unavailable'),
      retryDelay: (failures) => Math.min(8000, 500 * 2 ** failures),
    },
    mutations: { networkMode: 'always' },
  },
});
