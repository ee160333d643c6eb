/** What all statements that find have in common. */
import { exactTime } from '#platform/database/activity-cursor.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { Bind, Condition } from './filter-sql.ts';

/** A place in time: ISO to the microsecond, and the id that decides between equals. */
export type Place = readonly [at: string, id: string];
/** What is looked through at a time: what is older than `high`, and not older than `low`; null is no bound. */
export type Window = { high: Place | null; low: Place | null };
/** A find: a message's id, or a chat's. The higher its rank, the better it matches. */
export type Found = { id: string; at: string; rank: number };
/** What is found in a window, which ends at `end` where it was not looked through further, and is not full either. */
export type WindowFinds = { found: Found[]; end: Place | null };
/** What is looked for, and by whom. */
export type Wanted = {
  readonly userId: string;
  /** Where in the index it is looked for. */
  readonly scopes: readonly string[];
  readonly words: string;
  readonly loose: readonly string[];
  readonly conditions: readonly Condition[];
  /** The only chats there can be something in, where there are few; their conditions need not be looked at again. */
  readonly chatIds: readonly string[] | null;
};

/** The best of so many newest finds come first, then those of the next ones: to rank all that is found can take seconds. */
export const WINDOW = 300;

export const isOlder = (place: Place, than: Place): boolean =>
  place[0] === than[0] ? place[1] < than[1] : place[0] < than[0];

/** Whether a filter of that level is among what is asked for. */
export const isAsked = (wanted: Wanted, level: Condition['level']): boolean =>
  wanted.conditions.some((condition) => condition.level === level);

/** A new statement: how its parameters are bound, and the words it is about as a tsquery. */
export function beginFor({ words }: Pick<Wanted, 'words'>): { bind: Bind; query: () => string } {
  const values: unknown[] = [];
  const bind = Object.assign((value: unknown) => `$${values.push(value)}`, { values });
  // Bound where it is used, once: PostgreSQL knows no type for what is not.
  let asked: string | undefined;
  const query = () => {
    asked ??= `search_query(${bind(words)})`;
    return asked;
  };
  return { bind, query };
}

/** The same with whose it is. */
export function begin(wanted: Wanted): { bind: Bind; user: string; query: () => string } {
  const { bind, query } = beginFor(wanted);
  return { bind, user: `${bind(wanted.userId)}::uuid`, query };
}

/** Finds of one scope, as SQL of it, in their order; `id` is the scope's own, null where it is one of many. */
export type Finds = (scope: string, id: string | null) => string;

/** Named one by one, so that PostgreSQL knows how much each of them holds: a person's own may be a thousand times a project's. */
export const MOST_SCOPES = 8;

/**
 * SQL: at most `limit` finds of each scope by itself. As one condition on all scopes (`= ANY`) they would be found a hundred times as
 * slowly.
 */
export function ofEachScope({ scopes }: Wanted, bind: Bind, finds: Finds, limit: number): string {
  const parts = scopes
    .slice(0, MOST_SCOPES)
    .map((id) => `(${finds(`${bind(id)}::uuid`, id)} LIMIT ${limit})`);
  const others = scopes.slice(MOST_SCOPES);
  if (others.length > 0)
    parts.push(`SELECT one.* FROM unnest(${bind(others)}::uuid[]) AS scope (id)
      CROSS JOIN LATERAL (${finds('scope.id', null)} LIMIT ${limit}) one`);
  return parts.join(' UNION ALL ');
}

/**
 * The newest finds of all scopes. Without a name, so that PostgreSQL plans for these very words: common ones are walked to from the
 * newest message on, rare ones are looked up.
 */
export async function run(
  db: Queryable,
  wanted: Wanted,
  bind: Bind,
  finds: Finds,
  rank: string | null,
): Promise<Found[]> {
  const { rows } = await db.query<Found>(
    `WITH found AS MATERIALIZED (
       SELECT * FROM (${ofEachScope(wanted, bind, finds, WINDOW)}) one ORDER BY at DESC, id DESC LIMIT ${WINDOW}
     ) SELECT id, ${exactTime('at')} AS at, ${rank ?? 0}::float8 AS rank FROM found ORDER BY found.at DESC, id DESC`,
    bind.values,
  );
  return rows;
}

/** Conditions of some levels as SQL. */
export const asked = (
  { conditions }: Wanted,
  bind: Bind,
  user: string,
  levels: Condition['level'][],
  at: string,
): string[] => conditions.filter(({ level }) => levels.includes(level)).map(({ sql }) => sql(bind, user, at));

/** What is asked of the chats, where they are not named. */
export const inChats = (wanted: Wanted, bind: Bind, user: string, chatId: string): string[] =>
  wanted.chatIds
    ? [`${chatId} = ANY (${bind(wanted.chatIds)}::uuid[])`]
    : asked(wanted, bind, user, ['chat'], 'c.created_at');

export const knownBy = (wanted: Wanted, chatId: string): string =>
  wanted.chatIds === null && isAsked(wanted, 'chat') ? `JOIN chat_search k ON k.chat_id = ${chatId}` : '';

export function within(bind: Bind, { high, low }: Window, at: string, id: string): string[] {
  const bound = (place: Place | null, comparison: string) =>
    place ? [`(${at}, ${id}) ${comparison} (${bind(place[0])}::timestamptz, ${bind(place[1])}::uuid)`] : [];
  return [...bound(high, '<'), ...bound(low, '>=')];
}

/** SQL: no message of the chat is a find itself. Looked up for each chat: as a join it would look through everybody's messages. */
export function noneSaid(wanted: Wanted, bind: Bind, user: string, query: string): string {
  const times = asked(wanted, bind, user, ['time'], 's.created_at');
  return `(SELECT s.message_id FROM message_search s JOIN messages m ON m.id = s.message_id
    WHERE ${['s.chat_id = c.id', `s.tsv @@ ${query}`, 'm.deleted_at IS NULL', ...times].join(' AND ')} LIMIT 1) IS NULL`;
}
