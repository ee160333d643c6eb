/** The set-up code that came with the address of the page. */

let known: string | null = null;

/**
 * The code, which is taken out of the address at once: an address is kept in the history, is seen over a shoulder, and is sent on.
 * It stays in this page's memory until the account is made.
 */
export function setUpCodeOfAddress(): string | null {
  const url = new URL(location.href);
  const given = url.searchParams.get('setup');
  if (given === null) return known;
  known = given;
  url.searchParams.delete('setup');
  history.replaceState(history.state, '', url);
  return known;
}
