/** Who uses this page. Nobody yet: a guest is made, unless guests are not wanted here. */
import { useQuery } from '@tanstack/react-query';
import { ApiError, api, WHO } from '#web/api/http.ts';
import { queryClient } from '#web/api/query-client.ts';
import { basePath } from '#web/base-path.ts';
import { belongTo, forgetKept, noteMerged } from '#web/kept/kept.ts';
import type { Me } from '../accounts.ts';
import { adoptLanguage } from './own-language.ts';

/** The account this browser belongs to: when its session ends, a guest in its place would only confuse. */
const ACCOUNT = 'parley.account';
export const belongsToAccount = (): boolean => localStorage.getItem(ACCOUNT) !== null;

/** null: somebody has to sign in first. `fresh`: with counts as they are now. */
export function useMe({ fresh = false, enabled = true } = {}) {
  return useQuery({ queryKey: ['me'], queryFn: whoAmI, staleTime: fresh ? 0 : 5 * 60_000, enabled });
}

/** The same for who is about to do something on a page that is anybody's. */
export const findMe = (): Promise<Me | null> =>
  queryClient.fetchQuery({ queryKey: ['me'], queryFn: whoAmI, staleTime: 5 * 60_000 });

/** Has the page ask who is here, as it may be somebody else than before. */
export const askWho = (): void => void queryClient.invalidateQueries({ queryKey: ['me'] });

// Another tab tells that somebody has signed in or out there.
addEventListener('storage', ({ key }) => {
  if (key === ACCOUNT || key === null) askWho();
});
// A page that the browser had put aside as it was, for the way back to it, has heard of nothing.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) askWho();
});

let becoming: Promise<Me | null> | null = null;

async function whoAmI(): Promise<Me | null> {
  try {
    return await welcome(await api<Me>('GET', WHO));
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
  }
  if (belongsToAccount()) return null;
  // Once, however many ask: each call would make a guest.
  becoming ??= becomeGuest().finally(() => {
    becoming = null;
  });
  return becoming;
}

/** Lets the page go on with who is here; a page of somebody else is loaded anew, so that nothing of theirs stays in its memory. */
function welcome(me: Me): Me | Promise<never> {
  if (me.role === 'guest') localStorage.removeItem(ACCOUNT);
  else localStorage.setItem(ACCOUNT, me.id);
  // The server says it by a cookie to who comes back from a provider.
  const merged = /parley\.merged=([\w-]+)/.exec(document.cookie)?.[1];
  if (merged) noteMerged(merged, me.id);
  adoptLanguage(me);
  if (belongTo(me.id)) return me;
  location.replace(`${basePath}/`);
  return new Promise(() => {});
}

async function becomeGuest(): Promise<Me | null> {
  try {
    await api('POST', '/api/auth/sign-in/anonymous', {});
    return await welcome(await api<Me>('GET', WHO));
  } catch (error) {
    if (error instanceof ApiError && error.status >= 400 && error.status < 429) return null;
    throw error;
  }
}

/** What the server says to somebody who signs in or up. */
export type SignedIn = { user: { id: string }; mergedGuestId?: string };

/** After signing in: the page goes on with who is here now, in its place. False when this browser did not keep the session. */
export async function goOnAs({ user, mergedGuestId }: SignedIn): Promise<boolean> {
  if (mergedGuestId) noteMerged(mergedGuestId, user.id);
  return goOn();
}

/** From an account that is signed out to a guest, if guests are welcome. */
export async function continueAsGuest(): Promise<void> {
  localStorage.removeItem(ACCOUNT);
  await goOn();
}

async function goOn(): Promise<boolean> {
  const me = await whoAmI();
  void queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' });
  queryClient.setQueryData(['me'], me);
  return me !== null;
}

/** Leaves, and takes along what this browser keeps of the person; settings of the page stay. */
export const signOut = (): Promise<void> => leave('sign-out', {});

/** The same in every browser, and for programs if `revokeKeys`. */
export const signOutEverywhere = (revokeKeys: boolean): Promise<void> =>
  leave('revoke-sessions', { revokeKeys });

async function leave(how: string, body: object): Promise<void> {
  await api('POST', `/api/auth/${how}`, body);
  forgetMe();
}

/** Takes along what this browser keeps of a person who has gone. */
export function forgetMe(): void {
  forgetKept();
  localStorage.removeItem(ACCOUNT);
}
