/** The browser's storage by user and name: what is told about one user is never read for another. */

const PREFIX = 'parley.of.';
/** Names that begin so hold texts: where two are to lie under one name, both are kept. */
export const TEXT = 'text.';
/** When the user was last here, in milliseconds. */
export const SEEN = 'seen';
/** Of a guest: the account they have become part of. */
export const BECAME = 'became';

const keyOf = (user: string, name: string): string => `${PREFIX}${user}.${name}`;
const partsOf = (key: string): string[] => key.slice(PREFIX.length).split(/\.(.*)/s, 2);
const keysOf = (beginning: string): string[] =>
  Object.keys(localStorage).filter((key) => key.startsWith(beginning));

export const read = (user: string, name: string): string | null => localStorage.getItem(keyOf(user, name));

/** Writes a value; null removes it. */
export function write(user: string, name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(keyOf(user, name));
    else localStorage.setItem(keyOf(user, name), value);
  } catch {
    // Storage is full or refused: what was to be kept lives as long as the page.
  }
}

/** The names of what a user has here, in order. */
export const namesOf = (user: string): string[] =>
  keysOf(keyOf(user, ''))
    .map((key) => partsOf(key)[1]!)
    .filter((name) => name !== SEEN && name !== BECAME)
    .sort();

/** Everybody who has something here. */
export const users = (): Set<string> => new Set(keysOf(PREFIX).map((key) => partsOf(key)[0]!));

/** Gives one user's things to another, who keeps what is theirs; says whether there were any. */
export function move(from: string, to: string, names: readonly string[] = namesOf(from)): boolean {
  for (const name of names) {
    const value = read(from, name);
    const there = read(to, name);
    // First, as there may be room for it once only.
    write(from, name, null);
    if (there === null) write(to, name, value);
    else if (name.startsWith(TEXT)) write(to, name, `${there}\n\n${value}`);
  }
  return names.length > 0;
}

export function removeAll(user: string): void {
  for (const key of keysOf(keyOf(user, ''))) localStorage.removeItem(key);
}
