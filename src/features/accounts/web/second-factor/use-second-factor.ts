/** What the server knows of this person's second factor, and how it is changed. */
import { useQuery } from '@tanstack/react-query';
import { api } from '#web/api/http.ts';
import { queryClient } from '#web/api/query-client.ts';
import type { SecondFactor } from '../../accounts.ts';

const KEY = ['second-factor'];

/** Read anew whenever its window opens: another device may have changed it. */
export const useSecondFactor = (enabled = true) =>
  useQuery({
    queryKey: KEY,
    queryFn: () => api<SecondFactor>('GET', '/api/v1/me/two-factor'),
    staleTime: 0,
    enabled,
  });

/** Has it read again. */
export const rereadSecondFactor = (): Promise<void> => queryClient.invalidateQueries({ queryKey: KEY });

/** Asks one of better-auth's routes for it. */
export const ask = <T>(route: string, body: object): Promise<T> =>
  api<T>('POST', `/api/auth/two-factor/${route}`, body);
