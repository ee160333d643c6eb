/** Tells from the newest messages how others with the words are come to: PostgreSQL, which takes words for independent of each other, errs. */
import { exactTime } from '#platform/database/activity-cursor.ts';
import type { Queryable } from '#platform/database/database.ts';
import { asked, beginFor, MOST_SCOPES, type Place, type Wanted, type Window, within } from './find-sql.ts';

/** So many of the newest messages are a sample of all. */
const SAMPLE = 400;
/** Walked through for one window at most, for a few hundredths of a second; the next window goes on from there. */
export const MOST_WALKED = 4000;
/** With so many in the sample it is shorter to walk from the newest message on than to look all of them up in the index. */
const ENOUGH = 10;
/** A time is the same for everybody. */
const NOBODY = 'NULL';

/** To messages of a scope: they are walked through, until `end` (null: all there are), or looked up. */
export type Way = { walk: boolean; end: Place | null };
/** By the scopes' ids; of a scope without one PostgreSQL chooses. */
export type Ways = ReadonlyMap<string, Way>;

/** The ways of scopes by their ids; none where PostgreSQL is left to choose, by what it knows of a single word, or of filters. */
export async function chooseWays(db: Queryable, wanted: Wanted, window: Window): Promise<Ways> {
  const isAlone = !/\S\s+\S/.test(wanted.words);
  if (isAlone || wanted.conditions.some(({ level }) => level !== 'time')) return new Map();
  const { bind, query } = beginFor(wanted);
  const where = [
    ...within(bind, window, 's.created_at', 's.message_id'),
    ...asked(wanted, bind, NOBODY, ['time'], 's.created_at'),
  ];
  // A phrase is looked up by its words, in whatever order a message has them.
  const words = `regexp_replace(${query()}::text, '<(-|[0-9]+)>', '&', 'g')::tsquery`;
  const newest = (columns: string, scope: string, more: string) =>
    `SELECT ${columns} FROM message_search s WHERE ${[`s.scope_id = ${scope}`, ...where].join(' AND ')}
     ORDER BY s.created_at DESC, s.message_id DESC ${more}`;
  const ways = wanted.scopes.slice(0, MOST_SCOPES).map((id) => {
    const scope = `${bind(id)}::uuid`;
    return `SELECT ${scope} AS scope, (SELECT count(*)::int FROM (${newest('s.tsv', scope, `LIMIT ${SAMPLE}`)}) s WHERE s.tsv @@ ${words}) AS hits,
      ${exactTime('last.created_at')} AS at, last.message_id AS id
      FROM (VALUES (1)) one LEFT JOIN LATERAL (${newest('s.created_at, s.message_id', scope, `OFFSET ${MOST_WALKED - 1} LIMIT 1`)}) last ON true`;
  });
  const { rows } = await db.query<{ scope: string; hits: number; at: string | null; id: string | null }>(
    ways.join(' UNION ALL '),
    bind.values,
  );
  return new Map(
    rows.map(({ scope, hits, at, id }) => {
      const end: Place | null = at !== null && id !== null ? [at, id] : null;
      // A window that ends somewhere is looked through as a whole.
      const walk = window.low ? end === null : hits >= ENOUGH;
      return [scope, { walk, end: walk ? end : null }];
    }),
  );
}
