/** The words of a room on the page: their files by language, how they are fetched, how those of several rooms become one. */
import { fetchFile } from '#web/fetch-file.ts';
import type { Language } from '#web/preferences.ts';

/** Messages by namespace and key; once the page is built, each is compiled ICU rather than text. */
export type Words = { [namespace: string]: { [key: string]: unknown } };
type Fetch = () => Promise<{ default: Words }>;

/** Words that the first screen needs, of all rooms: one file of the built page for each language. */
export type FirstWords = Record<Language, () => Promise<{ default: readonly Words[] }>>;
/** Words that are fetched with the first page, window or panel that uses them. */
export type LaterWords = Record<Language, Fetch>;
export type RoomWords = { later?: LaterWords };

/** Merges words by namespace: rooms may share one (`nav`), and add keys of their own to it. */
export function mergeWords(all: readonly Words[]): Words {
  const merged: Words = {};
  for (const words of all)
    for (const [namespace, keys] of Object.entries(words))
      merged[namespace] = { ...merged[namespace], ...keys };
  return merged;
}

const fetched = new Map<Fetch, Promise<Words>>();

/**
 * Fetches words once: every caller gets the same promise, as React's `use` asks for. English stands in where there is no Russian to
 * be had, until the page is loaded again.
 */
export function fetchWords(words: LaterWords, language: Language): Promise<Words> {
  const fetch = words[language];
  const known = fetched.get(fetch);
  if (known) return known;
  const own = fetchFile(fetch).then((file) => file.default);
  const going = language === 'en' ? own : own.catch(() => fetchWords(words, 'en'));
  fetched.set(fetch, going);
  return going;
}
