/** Who uses this page. Nobody yet: a guest is made, unless guests are not wanted here. */
import { useQuery } from '@tanstack/react-query';
import { ApiError, api } from '#web/api/http.ts';
import { queryClient } from '#web/api/query-client.ts';
import type { Me } from '../accounts.ts';

/** null: nobody is signed in and guests are not allowed. `fresh`: with counts as they are now. */
export function useMe({ fresh = false } = {}) {
  return useQuery({ queryKey: ['me'], queryFn: whoAmI, staleTime: fresh ? 0 : 5 * 60_000 });
}

let signingIn: Promise<Me | null> | null = null;

async function whoAmI(): Promise<Me | null> {
  try {
    return await api<Me>('GET', '/api/v1/me');
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
  }
  // Once, however many ask: each call would make a guest.
  signingIn ??= becomeGuest().finally(() => {
    signingIn = null;
  });
  return signingIn;
}

async function becomeGuest(): Promise<Me | null> {
  try {
    await api('POST', '/api/auth/sign-in/anonymous', {});
    return await api<Me>('GET', '/api/v1/me');
  } catch (error) {
    if (error instanceof ApiError && error.status >= 400 && error.status < 429) return null;
    throw error;
  }
}

/** After signing in or out: nothing read before is anybody's business now. */
export async function becameSomebodyElse(): Promise<void> {
  queryClient.clear();
  await queryClient.invalidateQueries();
}
