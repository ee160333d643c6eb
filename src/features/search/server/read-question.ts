/** Takes what somebody typed apart: words for the index, filters, and what may be misspelt. */

import { isFilterName } from '../rules.ts';

export type AskedFilter = { name: string; value: string; not: boolean };
export type Question = {
  /** Words, "phrases", -not, or; PostgreSQL reads these itself (`websearch_to_tsquery`). */
  words: string;
  filters: AskedFilter[];
  /** Plain words in lower case, which a title may have with another spelling; empty where it was asked for exactly. */
  loose: string[];
};

/** Quotes of any language, as keyboards make of the plain ones. */
const QUOTES = /[“”„«»]/g;
/** Not not not: PostgreSQL gives up on more than a few. */
const MANY_MINUSES = /-[\s-]*-/g;
/** Perhaps a minus, perhaps `name:`, then something in quotes or up to the next space. */
const TOKEN = /(-?)(?:(\p{L}[\p{L}\p{N}_]*):)?("[^"]*"?|\S*)/gu;
/** What follows a colon in an address, a path, a name such as `std::vector` or a sentence: that is no filter. */
const NO_VALUE = /^(?:[:/\\]|$)/;

/** Reads a question; filters are not looked at beyond their form. */
export function readQuestion(asked: string): Question {
  const words: string[] = [];
  const filters: AskedFilter[] = [];
  const plain = asked.replace(QUOTES, '"').replace(MANY_MINUSES, ' -');
  for (const [token, minus, name, rest] of plain.matchAll(TOKEN)) {
    if (token === '' || token === '-') continue;
    if (name === undefined || (!isFilterName(name.toLowerCase()) && NO_VALUE.test(rest!))) words.push(token);
    else filters.push({ name: name.toLowerCase(), value: bare(rest!), not: minus === '-' });
  }
  return { words: words.join(' '), filters, loose: words.every(isPlain) ? plainWords(words) : [] };
}

const bare = (value: string): string => value.replace(/^"([^"]*)"?$/, '$1').trim();

const isPlain = (word: string): boolean => !/^-|"|^or$/i.test(word);

const plainWords = (words: string[]): string[] => wordsOf(words.join(' ')).filter((word) => word.length >= 3);

/** The words of a text in lower case, `ё` as `е`. */
export const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .match(/[\p{L}\p{N}]+/gu) ?? [];
