/** Goes through finds page by page: pass after pass, in each window after window, in each the best first. */
import { BEGINNING, type SearchCursor } from './cursor.ts';
import { type Found, type Place, WINDOW, type Window, type WindowFinds } from './find-sql.ts';

/** One way of finding; what a later one finds stands after it. */
export type Pass<Kind> = { kind: Kind; find(window: Window): Promise<WindowFinds> };
export type FoundOf<Kind> = Found & { kind: Kind };

/**
 * The next `limit` finds, and the place to go on from, null where there is nothing more. What comes later than the first page does not
 * move the others: a window ends where it ended then.
 */
export async function pageThrough<Kind>(
  passes: readonly Pass<Kind>[],
  from: SearchCursor,
  limit: number,
): Promise<{ found: FoundOf<Kind>[]; next: SearchCursor | null }> {
  const found: FoundOf<Kind>[] = [];
  for (let at = from; ; ) {
    const pass = passes[at.pass];
    if (!pass) return { found, next: null };
    const { found: rows, end } = await pass.find(at);
    const isFull = rows.length === WINDOW;
    const low = at.low ?? (isFull ? placeOf(rows.at(-1)!) : end);
    const left = rows.sort(bestFirst).filter((row) => !at.after || bestFirst(at.after, row) < 0);
    const taken = left.slice(0, limit - found.length);
    found.push(...taken.map((row) => ({ ...row, kind: pass.kind })));
    if (left.length > taken.length) {
      const last = taken.at(-1) ?? null;
      return { found, next: { pass: at.pass, high: at.high ?? above(rows), low, after: last ?? at.after } };
    }
    // The next window, or the next pass: looked into even when the page is full, so that it is known whether there is more.
    at = low ? { pass: at.pass, high: low, low: null, after: null } : { ...BEGINNING, pass: at.pass + 1 };
  }
}

const placeOf = ({ at, id }: Found): Place => [at, id];

/** Just above the newest of a window. */
const above = (rows: readonly Found[]): Place => [
  rows
    .map(({ at }) => at)
    .sort()
    .at(-1)!,
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
];

/** By rank; of equals the newest, then the higher id. */
function bestFirst(a: Found, b: Found): number {
  if (a.rank !== b.rank) return b.rank - a.rank;
  if (a.at !== b.at) return a.at < b.at ? 1 : -1;
  return a.id < b.id ? 1 : a.id > b.id ? -1 : 0;
}
