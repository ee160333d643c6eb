/** Secrets that came with the address of the page: a set-up code, the token of a link. */

const known = new Map<string, string>();

/**
 * The secret of this name, which is taken out of the address at once: an address is kept in the history, is seen over a shoulder,
 * and is sent on. It stays in this page's memory until it is used.
 */
export function secretOfAddress(name: 'setup' | 'invite' | 'token'): string | null {
  const url = new URL(location.href);
  const given = url.searchParams.get(name);
  if (given === null) return known.get(name) ?? null;
  known.set(name, given);
  url.searchParams.delete(name);
  history.replaceState(history.state, '', url);
  return given;
}
