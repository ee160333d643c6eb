import { mayReadAgent } from '#features/agents/server/index.ts';
import { invalidInput } from '#platform/errors.ts';
import { FILTERS, type FilterName, isFilterName } from '../rules.ts';
import { projectsNamed, saidBy } from './access.ts';
import type { AskedFilter } from './read-question.ts';
import { say } from './say.ts';

/**
 * What a filter asks of: the chat `c` with its row `k` in the index, the message `m` with its row `s`, the time of whatever is found,
 * or nothing, where it says what is looked through.
 */
type Level = 'chat' | 'message' | 'time' | 'mode';
/** Makes a value a parameter of the statement, `values` being all of them. */
export type Bind = ((value: unknown) => string) & { readonly values: unknown[] };
/** A filter as a condition; `at` is SQL for the time of what is found. */
export type Condition = { level: Level; sql(bind: Bind, user: string, at: string): string };

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

const negated = ({ level, sql }: Condition): Condition => ({
  level,
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
  agent: (value) => ({
    level: 'chat',
    sql: (bind, user) => {
      const ids = agentsNamed(user, `${bind(value)}::text`);
      return `(c.agent_id = ANY (${ids}) OR ${answered(`SELECT 'agent:' || id FROM unnest(${ids}) id`)}
        AND ${someReply(`r.agent_id = ANY (${ids})`)})`;
    },
  }),
  model: (value) => ({
    level: 'chat',
    sql: (bind) => {
      const model = `${bind(value)}::text`;
      return `(${answered(`SELECT 'model:' || ${model}`)} AND ${someReply(
        `${model} IN (lower(r.ending->>'model'), substr(lower(r.ending->>'model'), strpos(r.ending->>'model', '/') + 1))`,
      )})`;
    },
  }),
  from: (value) => ({
    level: 'message',
    sql: (_bind, user) =>
      value === 'me' ? saidBy(user) : `(m.role = 'assistant' AND m.source IS DISTINCT FROM 'human_edit')`,
  }),
  in: () => ({ level: 'mode', sql: () => 'true' }),
  archived: (value) => ({ level: 'chat', sql: () => (value === 'yes' ? 'c.archived' : 'NOT c.archived') }),
  before: (value, name) => onDay(value, name, '<'),
  after: (value, name) => onDay(value, name, '>='),
  has: (value) => ({ level: 'message', sql: () => (value === 'code' ? 's.has_code' : 's.has_file') }),
  is: (value) => ({
    level: 'chat',
    sql: () => (value === 'shared' ? `c.visibility = 'shared'` : 'c.pinned'),
  }),
};

/** SQL: the ids of the agents that the user may read, by name or id; an array. */
const agentsNamed = (user: string, name: string): string =>
  `ARRAY(SELECT a.id FROM agents a JOIN agent_versions v ON v.agent_id = a.id AND v.version = a.version
    WHERE ${mayReadAgent(user)} AND (lower(v.name) = ${name} OR a.id::text = ${name}))`;

/** SQL: one of those may have written in the chat; which messages of it are still there, the index does not know. */
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
