import { mayReadAgent } from '#features/agents/server/index.ts';
import { invalidInput } from '#platform/errors.ts';
import { FILTERS, type FilterName, isFilterName } from '../rules.ts';
import { projectsNamed, saidBy } from './access.ts';
import type { AskedFilter } from './read-question.ts';
import { say } from './say.ts';

/**
 * What a filter asks of: the chat `c` with its row `k` in the index, the message `m`, its row `s` in the index, the time of whatever is
 * found, or nothing, where it says what is looked through.
 */
type Level = 'chat' | 'message' | 'row' | 'time' | 'mode';
/** Makes a value a parameter of the statement, `values` being all of them. */
export type Bind = ((value: unknown) => string) & { readonly values: unknown[] };
/** A filter as a condition. */
export type Condition = {
  level: Level;
  /** True of most, as far as one can tell beforehand. */
  isWide?: boolean;
  /** What takes long to ask of thousands, but for a few that it leaves too many. */
  roughly?(bind: Bind, user: string): string;
  /** `at` is SQL for the time of what is found. */
  sql(bind: Bind, user: string, at: string): string;
};

/** More than anybody types; each is a part of the statement. */
const MOST_FILTERS = 20;

/** The conditions that filters stand for; 400 for an unknown one and a wrong value, by name. */
export function toConditions(filters: readonly AskedFilter[]): Condition[] {
  if (filters.length > MOST_FILTERS) throw invalidInput('q', say('too_many_filters', { most: MOST_FILTERS }));
  return filters.map((filter) => {
    const { name, value, not } = filter;
    if (!isFilterName(name)) throw invalidInput('q', say('unknown_filter', { name }));
    if (value === '') throw invalidInput('q', say('filter_without_value', { name }));
    const allowed: readonly string[] | null = FILTERS[name];
    if (allowed && !allowed.includes(value.toLowerCase()))
      throw invalidInput('q', say('filter_wrong_value', { name, value, allowed: allowed.join(', ') }));
    const condition = CONDITIONS[name](value.toLowerCase(), name);
    if (not && condition.level === 'mode') throw invalidInput('q', say('filter_not_negated', { name }));
    return not ? negated(condition) : condition;
  });
}

const negated = ({ level, isWide = false, sql }: Condition): Condition => ({
  level,
  isWide: !isWide,
  sql: (...given) => `NOT coalesce(${sql(...given)}, false)`,
});

/** Each takes its value in lower case. */
const CONDITIONS: Record<FilterName, (value: string, name: FilterName) => Condition> = {
  tag: (value) => ({
    level: 'chat',
    sql: (bind) => `EXISTS (SELECT FROM unnest(c.tags) tag WHERE lower(tag) = ${bind(value)})`,
  }),
  project: (value) => ({
    level: 'chat',
    sql: (bind, user) => `c.project_id IN ${projectsNamed(user, `${bind(value)}::text`)}`,
  }),
  agent: (value) => {
    const ids = (bind: Bind, user: string) => agentsNamed(user, `${bind(value)}::text`);
    const answersIn = (bind: Bind, user: string) => `c.agent_id = ANY (${ids(bind, user)})`;
    const mayHave = (bind: Bind, user: string) =>
      answered(`SELECT 'agent:' || id FROM unnest(${ids(bind, user)}) id`);
    return {
      level: 'chat',
      roughly: (...given) => `(${answersIn(...given)} OR ${mayHave(...given)})`,
      sql: (bind, user) => `CASE WHEN ${answersIn(bind, user)} THEN true WHEN ${mayHave(bind, user)} THEN
        ${someReply(`r.agent_id = ANY (${ids(bind, user)})`)} ELSE false END`,
    };
  },
  model: (value) => {
    const mayHave = (bind: Bind) => answered(`SELECT 'model:' || ${bind(value)}::text`);
    return {
      level: 'chat',
      roughly: (bind) => `(${mayHave(bind)})`,
      sql: (bind) =>
        `CASE WHEN ${mayHave(bind)} THEN ${someReply(
          `${bind(value)}::text IN (lower(r.ending->>'model'), substr(lower(r.ending->>'model'), strpos(r.ending->>'model', '/') + 1))`,
        )} ELSE false END`,
    };
  },
  from: (value) => ({
    level: 'message',
    sql: (_bind, user) =>
      value === 'me' ? saidBy(user) : `(m.role = 'assistant' AND m.source IS DISTINCT FROM 'human_edit')`,
  }),
  in: () => ({ level: 'mode', sql: () => 'true' }),
  archived: (value) => ({
    level: 'chat',
    isWide: value === 'no',
    sql: () => (value === 'yes' ? 'c.archived' : 'NOT c.archived'),
  }),
  before: (value, name) => onDay(value, name, '<'),
  after: (value, name) => onDay(value, name, '>='),
  has: (value) => ({ level: 'row', sql: () => (value === 'code' ? 's.has_code' : 's.has_file') }),
  is: (value) => ({
    level: 'chat',
    sql: () => (value === 'shared' ? `c.visibility = 'shared'` : 'c.pinned'),
  }),
};

/** SQL: the ids of the agents that the user may read, by name or id; an array. */
const agentsNamed = (user: string, name: string): string =>
  `ARRAY(SELECT a.id FROM agents a JOIN agent_versions v ON v.agent_id = a.id AND v.version = a.version
    WHERE ${mayReadAgent(user)} AND (lower(v.name) = ${name} OR a.id::text = ${name}))`;

/**
 * SQL: one of those may have written in the chat; which messages of it are still there, the index does not know. They are looked at only
 * then: within CASE, without which PostgreSQL looks at those of every chat first.
 */
const answered = (names: string): string => `k.answered && ARRAY(${names})`;
const someReply = (condition: string): string =>
  `EXISTS (SELECT FROM messages r WHERE r.chat_id = c.id AND r.deleted_at IS NULL AND ${condition})`;

/** Days are those of UTC: `before` ends where the day begins, `after` begins there. */
function onDay(value: string, name: FilterName, comparison: '<' | '>='): Condition {
  const day = /^\d{4}-\d\d-\d\d$/.test(value) ? new Date(`${value}T00:00:00Z`) : null;
  if (!day || Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== value || value < '0001')
    throw invalidInput('q', say('filter_wrong_date', { name, value }));
  return {
    level: 'time',
    sql: (bind, _user, at) => `${at} ${comparison} ${bind(`${value}T00:00:00Z`)}::timestamptz`,
  };
}
