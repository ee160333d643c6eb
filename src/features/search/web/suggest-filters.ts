/** How what is typed may go on: names of filters, and the values of those that take no others. Pure. */
import { FILTERS, isFilterName } from '../rules.ts';

/** Shown where nothing is typed yet. */
export const COMMON = ['tag:', 'project:', 'from:', 'in:title', 'archived:', 'before:', 'has:code'];

/** Shorter beginnings of a word are no filter yet. */
const LEAST = 2;

/** What the last word may become, each as the whole of that word; none where it is no beginning of a filter. */
export function suggestFilters(typed: string): string[] {
  const word = lastWord(typed);
  const minus = word.startsWith('-') ? '-' : '';
  const begun = word.slice(minus.length).toLowerCase();
  const [name, value] = begun.split(/:(.*)/s);
  if (value !== undefined) {
    const values: readonly string[] = (isFilterName(name!) && FILTERS[name!]) || [];
    return values
      .filter((one) => one.startsWith(value) && one !== value)
      .map((one) => `${minus}${name}:${one}`);
  }
  if (begun.length < LEAST) return [];
  return Object.keys(FILTERS)
    .filter((one) => one.startsWith(begun))
    .map((one) => `${minus}${one}:`);
}

/** The text with its last word replaced; a filter with a value is followed by a space, so that typing goes on after it. */
export function complete(typed: string, word: string): string {
  const start = typed.slice(0, typed.length - lastWord(typed).length);
  return `${start}${word}${word.endsWith(':') ? '' : ' '}`;
}

const lastWord = (typed: string): string => /\S*$/.exec(typed)![0];
