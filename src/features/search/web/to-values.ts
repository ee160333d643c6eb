/** Which values a filter is offered, of all that there are. Pure. */
import { filterWith, type OpenFilter } from './suggest-filters.ts';

/** What a filter may be given: its name for people, and what else it is known by where no question can hold that name. */
export type Known = { name: string; id?: string };
/** A value to choose: what people read, and the filter with it. */
export type FilterValue = { name: string; word: string };

/** As many as are taken in at a glance. */
const MOST = 6;

/** Those in which the letters are that were typed; what begins with them first. */
export function toValues(open: OpenFilter, known: readonly Known[]): FilterValue[] {
  const letters = open.value.trim().toLowerCase();
  const at = ({ name }: Known) => name.toLowerCase().indexOf(letters);
  return known
    .filter((one) => at(one) >= 0)
    .toSorted((one, other) => Math.sign(at(one)) - Math.sign(at(other)))
    .flatMap(({ name, id }) => {
      const word = filterWith(open, name) ?? (id ? filterWith(open, id) : null);
      return word === null ? [] : [{ name, word }];
    })
    .slice(0, MOST);
}

/** Whether what was typed is a whole value, although others may begin with it. */
export const isWhole = ({ value }: OpenFilter, known: readonly Known[]): boolean =>
  known.some(({ name, id }) => [name.toLowerCase(), id].includes(value.trim().toLowerCase()));
