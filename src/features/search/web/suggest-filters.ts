/** How what is typed may go on: names of filters, and their values. Pure. */
import { FILTERS, type FilterName, isFilterName } from '../rules.ts';

/** Shown where nothing is typed yet. */
export const COMMON = ['tag:', 'project:', 'from:', 'in:title', 'archived:', 'before:', 'has:code'];

/** Shorter beginnings of a word are no filter yet. */
const LEAST = 2;

/** The filter at the end of what is typed, whose value is not finished: that of one in quotes goes on over spaces. */
export type OpenFilter = { minus: string; name: FilterName; value: string };

/** Quotes of any language, as keyboards make of the plain ones. */
const QUOTE = /["“”„«»]/;
const OPEN = /(?<=^|\s)(-?)(\p{L}+):(?:["“„«]([^"“”„«»]*)|([^\s"“”„«»]*))$/u;

/** What the text ends with, as far as that is a filter. */
export function openFilter(typed: string): OpenFilter | null {
  const [, minus = '', name = '', inQuotes, bare] = OPEN.exec(typed) ?? [];
  const known = name.toLowerCase();
  return isFilterName(known) ? { minus, name: known, value: inQuotes ?? bare ?? '' } : null;
}

/** What the last word may become, each as the whole of that word; none where it is no beginning of a filter. */
export function suggestFilters(typed: string): string[] {
  const open = openFilter(typed);
  if (open) {
    const values: readonly string[] = FILTERS[open.name] ?? [];
    const begun = open.value.toLowerCase();
    return values
      .filter((one) => one.startsWith(begun) && one !== begun)
      .map((one) => `${open.minus}${open.name}:${one}`);
  }
  const word = lastWord(typed);
  const minus = word.startsWith('-') ? '-' : '';
  const begun = word.slice(minus.length).toLowerCase();
  if (begun.length < LEAST) return [];
  return Object.keys(FILTERS)
    .filter((one) => one.startsWith(begun))
    .map((one) => `${minus}${one}:`);
}

/** The filter with a value, in quotes where that has spaces; null for one that no question can hold. */
export function filterWith(
  { minus, name }: Pick<OpenFilter, 'minus' | 'name'>,
  value: string,
): string | null {
  if (QUOTE.test(value) || value.trim() === '') return null;
  return `${minus}${name}:${/\s/.test(value) ? `"${value}"` : value}`;
}

/** The text with its last word replaced; a filter with a value is followed by a space, so that typing goes on after it. */
export const complete = (typed: string, word: string): string =>
  `${withoutLast(typed)}${word}${word.endsWith(':') ? '' : ' '}`;

/** The text without its last word, or the filter that is typed there. */
export const withoutLast = (typed: string): string =>
  typed.slice(0, typed.length - (openFilter(typed) ? OPEN.exec(typed)![0] : lastWord(typed)).length);

const lastWord = (typed: string): string => /\S*$/.exec(typed)![0];
