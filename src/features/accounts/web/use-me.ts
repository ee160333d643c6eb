/** Who uses this page. Nobody yet: a guest is made, unless guests are not wanted here. */
import { useQuery } from '@tanstack/react-query';
import { ApiError, api, WHO } from '#web/api/http.ts';
import { queryClient } from '#web/api/query-client.ts';
import type { Me } from '../accounts.ts';

/** Set while this browser belongs to an account: when its session ends, a guest in its place would only confuse. */
const ACCOUNT = 'parley.account';
export const belongsToAccount = (): boolean => localStorage.getItem(ACCOUNT) !== null;

/** null: somebody has to sign in first. `fresh`: with counts as they are now. */
export function useMe({ fresh = false } = {}) {
  return useQuery({ queryKey: ['me'], queryFn: whoAmI, staleTime: fresh ? 0 : 5 * 60_000 });
}

let signingIn: Promise<Me | null> | null = null;

async function whoAmI(): Promise<Me | null> {
  try {
    return remember(await api<Me>('GET', WHO));
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
  }
  if (belongsToAccount()) return null;
  // Once, however many ask: each call would make a guest.
  signingIn ??= becomeGuest().finally(() => {
    signingIn = null;
  });
  return signingIn;
}

function remember(me: Me): Me {
  if (me.role === 'guest') localStorage.removeItem(ACCOUNT);
  else localStorage.setItem(ACCOUNT, 'yes');
  return me;
}

async function becomeGuest(): Promise<Me | null> {
  try {
    await api('POST', '/api/auth/sign-in/anonymous', {});
    return await api<Me>('GET', WHO);
  } catch (error) {
    if (error instanceof ApiError && error.status >= 400 && error.status < 429) return null;
    throw error;
  }
}

/** After signing in: nothing read before is anybody's business now. */
export async function becameSomebodyElse(): Promise<void> {
  queryClient.clear();
  await queryClient.invalidateQueries();
}

/** From an account that is signed out to a guest, if guests are welcome. */
export async function continueAsGuest(): Promise<void> {
  localStorage.removeItem(ACCOUNT);
  await becameSomebodyElse();
}

/** Leaves, and takes along what this browser keeps of the person; settings of the page stay. */
export async function signOut(): Promise<void> {
  await api('POST', '/api/auth/sign-out', {});
  for (const key of Object.keys(localStorage))
    if (key.startsWith('parley.') && key !== 'parley.preferences') localStorage.removeItem(key);
}
