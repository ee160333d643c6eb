/**
 * What this browser keeps for people: texts on their way, drafts, choices. Each thing lies under the id of whose it is, so that
 * whoever comes next to this browser neither sees nor sends it. It waits for its owner for a week, then it is removed.
 *
 * A page belongs to one person for as long as it is loaded: for another one it is loaded anew.
 */
import { BECAME, move, namesOf, read, removeAll, SEEN, TEXT, users, write } from './storage.ts';

/** Counted from when the owner was last here. */
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

let owner: string | null = null;
const listeners = new Set<() => void>();

/** Whose page this is; null before it is known. */
export const ownerId = (): string | null => owner;

/** Calls `listener` when there is something else to read: the page has an owner now, or things of a guest came to them. */
export const whenKeptChanges = (listener: () => void): void => void listeners.add(listener);

/** What is kept for the owner under a name. */
export const readKept = (name: string): string | null => (owner === null ? null : read(owner, name));

/** Keeps something for the owner; null removes it. */
export function keep(name: string, value: string | null): void {
  if (owner !== null) write(owner, name, value);
}

/** The owner's text under a name, empty without one. */
export const readText = (name: string): string => readKept(TEXT + name) ?? '';

/** Keeps a text for the owner; an empty one is removed. */
export const keepText = (name: string, text: string): void => keep(TEXT + name, text === '' ? null : text);

/** The names of what is kept for the owner and begins so. */
export const keptNames = (beginning: string): string[] =>
  owner === null ? [] : namesOf(owner).filter((name) => name.startsWith(beginning));

/** Removes all that is kept for the owner. */
export function forgetKept(): void {
  if (owner !== null) removeAll(owner);
}

/** Notes that a guest's things are an account's now; for when the server has said so. */
export const noteMerged = (guestId: string, accountId: string): void => write(guestId, BECAME, accountId);

/**
 * Takes in who is here, and removes what others left too long ago. False when the page is somebody else's: it has to be loaded
 * anew, and until then what is written in it stays theirs.
 */
export function belongTo(userId: string): boolean {
  if (owner !== null && owner !== userId && read(owner, BECAME) !== userId) return false;
  let changed = owner !== userId;
  owner = userId;
  write(userId, SEEN, String(Date.now()));
  for (const other of users()) {
    if (other === userId) continue;
    if (read(other, BECAME) === userId) changed = move(other, userId) || changed;
    else if (!(Number(read(other, SEEN)) > Date.now() - WEEK_MS)) removeAll(other);
  }
  if (changed) tell();
  return true;
}

/** Gives the owner what lies under another id; only what is certain to be theirs. */
export function takeOver(from: string, names: readonly string[]): void {
  if (owner !== null && move(from, owner, names)) tell();
}

function tell(): void {
  for (const listener of listeners) listener();
}
