/** Tells from the newest messages how others are come to: PostgreSQL, which takes words and filters for independent of each other, errs. */
import { exactTime } from '#platform/database/activity-cursor.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { Bind } from './filter-sql.ts';
import {
  asked,
  begin,
  inWindow,
  knownBy,
  MOST_SCOPES,
  NEWEST_FIRST,
  named,
  ofChats,
  type Place,
  type Wanted,
  type Window,
} from './find-sql.ts';

/** So many of the newest messages are a sample of all. */
const SAMPLE = 400;
/** Walked through for one window at most, for a few hundredths of a second; the next window goes on from there. */
export const MOST_WALKED = 4000;
/** With so many in the sample it is shorter to walk from the newest message on than to look all of them up in the index. */
const ENOUGH = 10;
/** All messages of the named chats are gone through where they are no more than a walk; where other ways are long, up to this many. */
const MOST_IN_CHATS = 20_000;

/**
 * To messages of a scope: they are walked through, from `from` on where nothing later can be a find, until `end` (null: all there are),
 * or looked up by their words.
 */
export type Way = { walk: boolean; from: string | null; end: Place | null };
/**
 * By the scopes' ids; of a scope without one PostgreSQL chooses. `chats`: all messages of the chats that are named, whatever their scope.
 * Where the walks find too few, they are come to by `instead`.
 */
export type Ways = { scopes: ReadonlyMap<string, Way>; chats: boolean; instead: Ways | null };

const LOOK_UP: Way = { walk: false, from: null, end: null };
const BY_CHATS: Ways = { scopes: new Map(), chats: true, instead: null };
const BY_POSTGRES: Ways = { scopes: new Map(), chats: false, instead: null };

/** The ways to messages. PostgreSQL is left to choose by what it knows of a single word. */
export async function chooseWays(db: Queryable, wanted: Wanted, window: Window): Promise<Ways> {
  const isAlone = !/\S\s+\S/.test(wanted.words);
  if (isAlone && wanted.conditions.length === 0) return BY_POSTGRES;
  const { chatIds } = wanted;
  if (chatIds && (await areFewerIn(db, chatIds, MOST_WALKED))) return BY_CHATS;
  let samples = await takeSamples(db, wanted, window, null);
  const lookedUp = new Map(samples.map(({ scope }) => [scope, LOOK_UP]));
  let from: string | null = null;
  // Words that many have, in chats of which nothing is among the newest messages.
  if (chatIds && samples.every(isPoor) && samples.some(({ having }) => having >= ENOUGH)) {
    if (await areFewerIn(db, chatIds, MOST_IN_CHATS)) return BY_CHATS;
    // Perhaps what was said in these chats was said long ago, and what was said since is no sample of it.
    from = await newestIn(db, chatIds, window);
    if (from !== null) samples = await takeSamples(db, wanted, window, from);
  }
  const ways = samples.map((sample): [string, Way] => [sample.scope, wayOf(sample, wanted, window, from)]);
  return { ...BY_POSTGRES, scopes: new Map(ways), instead: { ...BY_POSTGRES, scopes: lookedUp } };
}

type Sample = {
  scope: string;
  /** Those of the sample that have the words, and of these the ones that pass the filters. */
  having: number;
  passing: number;
  /** The last of those that would be walked through; null where there are fewer. */
  at: string | null;
  id: string | null;
};

const isPoor = ({ passing }: Sample): boolean => passing < ENOUGH;

function wayOf({ having, at, id }: Sample, wanted: Wanted, window: Window, from: string | null): Way {
  const end: Place | null = at !== null && id !== null ? [at, id] : null;
  // A window that ends somewhere is looked through as a whole. Words that many have are walked to, also where filters leave few of them:
  // to look them up would be to look up all of them.
  const walk = window.low ? end === null : having >= ENOUGH || !wanted.words;
  return walk ? { walk, from, end } : LOOK_UP;
}

/** What the newest messages of each scope say, of those up to `from`. */
async function takeSamples(
  db: Queryable,
  wanted: Wanted,
  window: Window,
  from: string | null,
): Promise<Sample[]> {
  const { bind, user, query } = begin(wanted);
  // Not every filter asks who it is, and PostgreSQL knows no type for what nobody asks for.
  const where = [`${user} IS NOT NULL`, ...inWindow(wanted, bind, user, window, from)];
  // A phrase is looked up by its words, in whatever order a message has them.
  const words = wanted.words
    ? `s.tsv @@ regexp_replace(${query()}::text, '<(-|[0-9]+)>', '&', 'g')::tsquery`
    : 'true';
  const passing = passes(wanted, bind, user);
  const newest = (columns: string, scope: string, more: string) =>
    `SELECT ${columns} FROM message_search s WHERE ${[`s.scope_id = ${scope}`, ...where].join(' AND ')} ${NEWEST_FIRST} ${more}`;
  const samples = wanted.scopes.slice(0, MOST_SCOPES).map((id) => {
    const scope = `${bind(id)}::uuid`;
    return `SELECT ${scope} AS scope, sample.*, ${exactTime('last.created_at')} AS at, last.message_id AS id
      FROM (SELECT count(*)::int AS having, (count(*) FILTER (WHERE passes))::int AS passing FROM (
          SELECT ${passing} AS passes FROM (${newest('s.*', scope, `LIMIT ${SAMPLE}`)}) s WHERE ${words}
        ) one) sample
        LEFT JOIN LATERAL (${newest('s.created_at, s.message_id', scope, `OFFSET ${MOST_WALKED - 1} LIMIT 1`)}) last ON true`;
  });
  const { rows } = await db.query<Sample>(samples.join(' UNION ALL '), bind.values);
  return rows;
}

/** SQL: what row `s` of the index is about passes the filters; rights, which most of it has, are not asked for. */
function passes(wanted: Wanted, bind: Bind, user: string): string {
  const further = [...ofChats(wanted, bind, user), ...asked(wanted, bind, user, ['message'], 's.created_at')];
  const all = ['true', ...named(wanted, bind, 's.chat_id')];
  if (further.length > 0)
    all.push(`EXISTS (SELECT FROM messages m JOIN chats c ON c.id = m.chat_id ${knownBy(wanted, 'c.id')}
      WHERE ${['m.id = s.message_id', ...further].join(' AND ')})`);
  return all.join(' AND ');
}

/** Whether there are fewer messages than that in chats. */
async function areFewerIn(db: Queryable, chatIds: readonly string[], most: number): Promise<boolean> {
  const { rows } = await db.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM (SELECT FROM message_search s WHERE s.chat_id = ANY ($1::uuid[]) LIMIT ${most}) one`,
    [chatIds],
  );
  return rows[0]!.count < most;
}

/** The time of the newest message in chats, of those before the window's beginning. */
async function newestIn(db: Queryable, chatIds: readonly string[], { high }: Window): Promise<string | null> {
  const { rows } = await db.query<{ at: string | null }>(
    `SELECT ${exactTime('max(newest.created_at)')} AS at FROM unnest($1::uuid[]) AS chat (id) CROSS JOIN LATERAL (
       SELECT s.created_at FROM message_search s WHERE s.chat_id = chat.id AND s.created_at <= coalesce($2::timestamptz, 'infinity')
       ORDER BY s.created_at DESC LIMIT 1) newest`,
    [chatIds, high?.[0] ?? null],
  );
  return rows[0]!.at;
}
