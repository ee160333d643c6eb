import { basePath } from '#web/base-path.ts';

/** Where signing in and signing up are pages of their own. */
const ADDRESSES = ['/sign-in', '/sign-up'];
/** A path of this page; what a browser could take for another host is none. */
const OWN_PATH = /^\/(?![/\\])/;

/** The page, without the path Parley is served under. */
const here = (): string => location.pathname.slice(basePath.length) || '/';

/** True on a page of its own; anywhere else the form stands in the place of a page, which goes on afterwards. */
export const isOwnPage = (): boolean => ADDRESSES.includes(here());

/** Where somebody was who had to sign in or up first. */
export function nextPage(): string {
  if (!isOwnPage()) return here();
  const next = new URLSearchParams(location.search).get('next') ?? '/';
  return OWN_PATH.test(next) ? next : '/';
}

/** The address of the other form, from which one comes back to the same page. */
export function formAddress(path: '/sign-in' | '/sign-up'): string {
  const next = nextPage();
  return next === '/' ? path : `${path}?next=${encodeURIComponent(next)}`;
}
