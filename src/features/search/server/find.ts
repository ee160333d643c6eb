/** The statements that find chats: by titles, by titles that are written otherwise, and by filters alone. */
import { exactTime } from '#platform/database/activity-cursor.ts';
import type { Queryable } from '#platform/database/database.ts';
import { mayFind } from './access.ts';
import {
  asked,
  begin,
  type Found,
  inChats,
  isAsked,
  noneSaid,
  ofEachScope,
  run,
  type Wanted,
  type Window,
  within,
} from './find-sql.ts';
import { countTypos } from './typos.ts';

/** More chats than these are not named one by one. */
const MOST_NAMED = 5000;
/** Misspelt titles are looked for among the most similar ones. */
const MOST_SIMILAR = 100;
/** Less similar ones (pg_trgm) are not looked at; two letters that changed places leave about a third of a short word. */
const SIMILAR = 0.25;

/** Chats whose title, tags or description match, and none of whose messages does; with `titleOnly` by their title, whatever is said in them. */
export async function findTitles(
  db: Queryable,
  wanted: Wanted,
  window: Window,
  titleOnly: boolean,
): Promise<Found[]> {
  const { bind, user, query } = begin(wanted);
  const where = [
    mayFind(user),
    `k.tsv @@ ${query()}`,
    titleOnly ? `ts_filter(k.tsv, '{a}') @@ ${query()}` : noneSaid(wanted, bind, user, query()),
    ...within(bind, window, 'c.created_at', 'c.id'),
    ...asked(wanted, bind, user, ['time'], 'c.created_at'),
    ...inChats(wanted, bind, user, 'c.id'),
  ];
  const finds = (scope: string) =>
    `SELECT c.id, c.created_at AS at, k.tsv FROM chat_search k JOIN chats c ON c.id = k.chat_id
     WHERE k.scope_id = ${scope} AND ${where.join(' AND ')} ORDER BY c.created_at DESC, c.id DESC`;
  return run(db, wanted, bind, finds, `ts_rank_cd(tsv, ${query()})`);
}

/** Chats whose title has the words with another spelling, and which are not found otherwise: fewest wrong letters first. */
export async function findMisspelt(db: Queryable, wanted: Wanted, titleOnly: boolean): Promise<Found[]> {
  const words = wanted.loose.slice(0, 6);
  if (words.length === 0 || !(await knowsTrigrams(db))) return [];
  const { bind, user, query } = begin(wanted);
  const letters = words.map((word) => `search_letters(${bind(word)})`);
  const where = [
    mayFind(user),
    ...letters.map((word) => `${word} <% k.letters`),
    `NOT ${titleOnly ? `ts_filter(k.tsv, '{a}')` : 'k.tsv'} @@ ${query()}`,
    ...(titleOnly ? [] : [noneSaid(wanted, bind, user, query())]),
    ...asked(wanted, bind, user, ['time'], 'c.created_at'),
    ...inChats(wanted, bind, user, 'c.id'),
  ];
  await db.query(`SET LOCAL pg_trgm.word_similarity_threshold = ${SIMILAR}`);
  const near = letters.map((word) => `word_similarity(${word}, k.letters)`).join(' + ');
  const finds = (scope: string) =>
    `SELECT c.id, c.created_at AS at, c.title FROM chat_search k JOIN chats c ON c.id = k.chat_id
     WHERE k.scope_id = ${scope} AND ${where.join(' AND ')} ORDER BY ${near} DESC`;
  const { rows } = await db.query<Found & { title: string }>(
    `SELECT id, ${exactTime('at')} AS at, title FROM (${ofEachScope(wanted, bind, finds, MOST_SIMILAR)}) one`,
    bind.values,
  );
  return rows.flatMap(({ id, at, title }) => {
    const typos = countTypos(words, title);
    return typos === null ? [] : { id, at, rank: -typos };
  });
}

/** Chats that filters alone ask for, latest activity first. */
export async function findChats(db: Queryable, wanted: Wanted, window: Window): Promise<Found[]> {
  const { bind, user } = begin(wanted);
  const where = [
    mayFind(user),
    ...within(bind, window, 'c.active_at', 'c.id'),
    ...inChats(wanted, bind, user, 'c.id'),
  ];
  const finds = (scope: string) =>
    `SELECT c.id, c.active_at AS at FROM chat_search k JOIN chats c ON c.id = k.chat_id
     WHERE k.scope_id = ${scope} AND ${where.join(' AND ')} ORDER BY c.active_at DESC, c.id DESC`;
  return run(db, wanted, bind, finds, null);
}

/** The chats that the filters about chats leave; null where these are too many to be named, or nothing is asked of chats. */
export async function nameChats(db: Queryable, wanted: Wanted): Promise<string[] | null> {
  if (!isAsked(wanted, 'chat')) return null;
  const { bind, user } = begin(wanted);
  const conditions = asked(wanted, bind, user, ['chat'], 'c.created_at');
  const finds = (scope: string) =>
    `SELECT c.id FROM chat_search k JOIN chats c ON c.id = k.chat_id
     WHERE k.scope_id = ${scope} AND ${mayFind(user)} AND ${conditions.join(' AND ')}`;
  const { rows } = await db.query<{ id: string }>(
    ofEachScope(wanted, bind, finds, MOST_NAMED + 1),
    bind.values,
  );
  return rows.length > MOST_NAMED ? null : rows.map(({ id }) => id);
}

async function knowsTrigrams(db: Queryable): Promise<boolean> {
  const { rows } = await db.query<{ known: boolean }>(
    `SELECT to_regprocedure('word_similarity(text,text)') IS NOT NULL AS known`,
  );
  return rows[0]!.known;
}
