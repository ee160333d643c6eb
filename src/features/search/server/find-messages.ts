/** Finds messages that have the words, the newest ones, by whichever way to them is the shorter. */
import type { Queryable } from '#platform/database/database.ts';
import { mayFind } from './access.ts';
import { chooseWays, MOST_WALKED, type Way, type Ways } from './choose-ways.ts';
import {
  asked,
  begin,
  type Finds,
  inChats,
  isOlder,
  knownBy,
  type Place,
  run,
  type Wanted,
  type Window,
  type WindowFinds,
  within,
} from './find-sql.ts';

const ORDER = 'ORDER BY s.created_at DESC, s.message_id DESC';
/** All words of what was looked up, which are read for what is found alone. */
const TSV = '(SELECT o.tsv FROM message_search o WHERE o.message_id = found.id)';

/** So few finds of thousands that were walked through are too few to go on like that. */
const FEW = 8;

/** More may have been said since the ways were chosen; what is older than their end is left out. */
const MEANWHILE = 500;

/** Messages of the window, the newest first. */
export async function findMessages(db: Queryable, wanted: Wanted, window: Window): Promise<WindowFinds> {
  const ways = await chooseWays(db, wanted, window);
  const finds = await findBy(ways, db, wanted, window);
  if (!finds.end || finds.found.length >= FEW) return finds;
  const lookUp = { walk: false, end: null };
  return findBy(new Map([...ways.keys()].map((scope) => [scope, lookUp])), db, wanted, window);
}

async function findBy(ways: Ways, db: Queryable, wanted: Wanted, window: Window): Promise<WindowFinds> {
  const { bind, user, query } = begin(wanted);
  const inIndex = [
    ...within(bind, window, 's.created_at', 's.message_id'),
    ...asked(wanted, bind, user, ['time'], 's.created_at'),
  ];
  const words = wanted.words ? [`s.tsv @@ ${query()}`] : [];
  const rights = [
    'm.deleted_at IS NULL',
    mayFind(user),
    ...asked(wanted, bind, user, ['message'], 's.created_at'),
    ...inChats(wanted, bind, user, 's.chat_id'),
  ];
  const finds: Finds = (scope, id) => {
    const { source, conditions } = come(ways.get(id ?? ''), [`s.scope_id = ${scope}`, ...inIndex], words);
    return `SELECT s.message_id AS id, s.created_at AS at, s.tsv
     FROM ${source} JOIN messages m ON m.id = s.message_id JOIN chats c ON c.id = s.chat_id
       ${knownBy(wanted, 's.chat_id')}
     WHERE ${[...conditions, ...rights].join(' AND ')} ${ORDER}`;
  };
  const rank = wanted.words ? `ts_rank_cd(coalesce(tsv, ${TSV}), ${query()})` : null;
  const found = await run(db, wanted, bind, finds, rank);
  const end = newest([...ways.values()].flatMap(({ end }) => (end ? [end] : [])));
  return { found: end ? found.filter(({ at, id }) => !isOlder([at, id], end)) : found, end };
}

/** SQL: what is come to by a way, and what is still to be asked of it; without a way PostgreSQL chooses. */
function come(
  way: Way | undefined,
  where: string[],
  words: string[],
): { source: string; conditions: string[] } {
  if (!way) return { source: 'message_search s', conditions: [...where, ...words] };
  const from = (tsv: string, conditions: string[]) =>
    `SELECT s.message_id, s.chat_id, s.created_at, ${tsv} FROM message_search s WHERE ${conditions.join(' AND ')}`;
  // With a bound PostgreSQL goes from one to the next, and no further than there is need.
  if (way.walk)
    return {
      source: `(${from('s.tsv', where)} ${ORDER} LIMIT ${MOST_WALKED + MEANWHILE}) s`,
      conditions: words,
    };
  // Put in order before rights are asked for, which takes longer than to look them up.
  const lookedUp = `(${from('NULL::tsvector AS tsv', [...where, ...words])} OFFSET 0) s`;
  return { source: `(SELECT * FROM ${lookedUp} ${ORDER} OFFSET 0) s`, conditions: [] };
}

const newest = (places: Place[]): Place | null =>
  places.reduce<Place | null>((one, other) => (one && isOlder(other, one) ? one : other), null);
