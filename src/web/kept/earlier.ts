/** What an earlier version kept under nobody's id: set aside until it is found out whose it is. */
import { namesOf, read, SEEN, TEXT, write } from './storage.ts';

/** Nobody signs in as this. */
export const UNKNOWN = 'unknown';
const EARLIER = /^parley\.((?:outbox|draft|held)\..*)$/s;

export function setEarlierAside(): void {
  for (const key of Object.keys(localStorage)) {
    const name = EARLIER.exec(key)?.[1];
    if (!name) continue;
    const value = localStorage.getItem(key);
    localStorage.removeItem(key);
    write(UNKNOWN, name.startsWith('outbox.') ? name : TEXT + name, value);
    write(UNKNOWN, SEEN, String(Date.now()));
  }
}

/** What nobody has claimed yet. */
export const unclaimed = (): { name: string; value: string }[] =>
  namesOf(UNKNOWN).map((name) => ({ name, value: read(UNKNOWN, name) ?? '' }));
