/** Finds messages that have the words, the newest ones, by whichever way to them is the shorter. */
import type { Queryable } from '#platform/database/database.ts';
import { mayFind } from './access.ts';
import { chooseWays, MOST_WALKED, type Way, type Ways } from './choose-ways.ts';
import {
  asked,
  begin,
  inWindow,
  isOlder,
  knownBy,
  NEWEST_FIRST,
  named,
  ofChats,
  ofEachScope,
  type Place,
  rankNewest,
  type Wanted,
  WINDOW,
  type Window,
  type WindowFinds,
} from './find-sql.ts';

/** All words of what was looked up, which are read for what is found alone. */
const TSV = '(SELECT o.tsv FROM message_search o WHERE o.message_id = found.id)';

/** So few finds of thousands that were walked through are too few to go on like that. */
const FEW = 8;

/** Messages of the window, the newest first; in a transaction whose statements all see the same messages. */
export async function findMessages(db: Queryable, wanted: Wanted, window: Window): Promise<WindowFinds> {
  const ways = await chooseWays(db, wanted, window);
  const finds = await findBy(ways, db, wanted, window);
  return ways.instead && finds.end && finds.found.length < FEW
    ? findBy(ways.instead, db, wanted, window)
    : finds;
}

async function findBy(ways: Ways, db: Queryable, wanted: Wanted, window: Window): Promise<WindowFinds> {
  const { bind, user, query } = begin(wanted);
  const words = wanted.words ? [`s.tsv @@ ${query()}`] : [];
  const inNamed = named(wanted, bind, 's.chat_id');
  const rights = [
    'm.deleted_at IS NULL',
    mayFind(user),
    ...asked(wanted, bind, user, ['message'], 's.created_at'),
    ...ofChats(wanted, bind, user),
  ];
  const where = (way?: Way) => inWindow(wanted, bind, user, window, way?.from);
  const readable = ({ source, conditions }: Source) =>
    `SELECT s.message_id AS id, s.created_at AS at, s.tsv
     FROM ${source} JOIN messages m ON m.id = s.message_id JOIN chats c ON c.id = s.chat_id
       ${knownBy(wanted, 's.chat_id')}
     WHERE ${[...conditions, ...rights].join(' AND ')} ${NEWEST_FIRST}`;
  const finds = ways.chats
    ? `(${readable(goThrough([...inNamed, ...where()], words))} LIMIT ${WINDOW})`
    : ofEachScope(
        wanted,
        bind,
        (scope, id) => {
          const way = ways.scopes.get(id ?? '');
          return readable(come(way, [`s.scope_id = ${scope}`, ...where(way)], words, inNamed));
        },
        WINDOW,
      );
  const rank = wanted.words ? `ts_rank_cd(coalesce(tsv, ${TSV}), ${query()})` : null;
  const found = await rankNewest(db, bind, finds, rank);
  const end = newest([...ways.scopes.values()].flatMap(({ end }) => (end ? [end] : [])));
  return { found: end ? found.filter(({ at, id }) => !isOlder([at, id], end)) : found, end };
}

/** SQL: rows of the index, and what is still to be asked of them. */
type Source = { source: string; conditions: string[] };

const rows = (tsv: string, conditions: string[]) =>
  `SELECT s.message_id, s.chat_id, s.created_at, ${tsv} FROM message_search s WHERE ${conditions.join(' AND ')}`;

/** What is come to by a way; without one PostgreSQL chooses. */
function come(way: Way | undefined, where: string[], words: string[], inNamed: string[]): Source {
  if (!way) return { source: 'message_search s', conditions: [...where, ...words, ...inNamed] };
  // With a bound PostgreSQL goes from one to the next, and no further than there is need.
  if (way.walk)
    return {
      source: `(${rows('s.tsv', where)} ${NEWEST_FIRST} LIMIT ${MOST_WALKED}) s`,
      conditions: [...words, ...inNamed],
    };
  // Filters alone: all are walked through.
  if (words.length === 0)
    return { source: `(${rows('s.tsv', where)} ${NEWEST_FIRST} OFFSET 0) s`, conditions: inNamed };
  return inOrder(rows('NULL::tsvector AS tsv', [...where, ...words, ...inNamed]));
}

/** All messages of some chats, their words being looked at one by one: by their index PostgreSQL would look up everybody's. */
const goThrough = (where: string[], words: string[]): Source =>
  inOrder(
    words.length === 0
      ? rows('NULL::tsvector AS tsv', where)
      : `SELECT s.message_id, s.chat_id, s.created_at, NULL::tsvector AS tsv
         FROM (${rows('s.tsv', where)} OFFSET 0) s WHERE ${words.join(' AND ')}`,
  );

/** Put in order before rights are asked for, which takes longer than to look them up. */
const inOrder = (some: string): Source => ({
  source: `(SELECT * FROM (${some} OFFSET 0) s ${NEWEST_FIRST} OFFSET 0) s`,
  conditions: [],
});

const newest = (places: Place[]): Place | null =>
  places.reduce<Place | null>((one, other) => (one && isOlder(other, one) ? one : other), null);
