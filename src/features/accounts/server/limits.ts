import type { Tx } from '#platform/database/database.ts';
/** What a user may use: their own limits, else the instance's, else the built-in ones. */
import type { Services } from '#platform/services.ts';
import { LOCKS } from '#platform/signals.ts';
import { LIMIT_NAMES, type LimitSettings, type Limits } from '../accounts.ts';
import { onPrincipalsChanged } from './change-principals.ts';

/** How long limits are believed without asking again. */
const BELIEVED_MS = 1000;
const MAX_REMEMBERED = 10_000;

type Remembered = Map<string, { until: number; answer: Promise<Limits> }>;
const memories = new WeakMap<Services, Remembered>();

/**
 * The built-in defaults of what the queue heeds. Wide: fair share keeps one user from starving others, so these only
 * stop what cannot be meant, and an admin with a reason sets them lower.
 */
export const BUILT_IN_LIMITS = {
  maxConcurrent: 100,
  maxQueued: 500,
  requestsPerMinute: 300,
  tokensPerDay: null,
  weight: 1,
} as const satisfies Omit<Limits, 'maxChats'>;

/**
 * SQL for how many chats `maxChats` is about: those of the user that a parameter or column names, but for archived and deleted
 * ones. The database keeps count of them.
 */
export const activeChats = (user: string): string =>
  `SELECT counted.chat_count AS count FROM users counted WHERE counted.id = ${user}`;

/** The built-in defaults. */
export const builtInLimits = ({ config }: Pick<Services, 'config'>): Limits => ({
  maxChats: config.maxChats,
  ...BUILT_IN_LIMITS,
});

/** The limits that hold for a user now, at most a second old. An unknown user has the defaults. */
export function effectiveLimits(services: Services, userId: string): Promise<Limits> {
  const remembered = memoryOf(services);
  const known = remembered.get(userId);
  if (known && known.until > performance.now()) return known.answer;
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  const answer = readLimits(services, userId);
  remembered.set(userId, { until: performance.now() + BELIEVED_MS, answer });
  answer.catch(() => remembered.delete(userId));
  return answer;
}

function memoryOf(services: Services): Remembered {
  const found = memories.get(services);
  if (found) return found;
  const made: Remembered = new Map();
  memories.set(services, made);
  onPrincipalsChanged(services, () => made.clear());
  return made;
}

type Row = LimitSettings & { settings: Partial<LimitSettings> };
const READ = `i.settings, u.max_chats AS "maxChats", u.max_concurrent AS "maxConcurrent",
  u.max_queued AS "maxQueued", u.requests_per_minute AS "requestsPerMinute", u.tokens_per_day AS "tokensPerDay", u.weight
  FROM instance i LEFT JOIN users u ON u.id = $1`;

async function readLimits(services: Services, userId: string): Promise<Limits> {
  const { rows } = await services.db.$client.query<Row>({
    name: 'limits-of-user',
    text: `SELECT ${READ}`,
    values: [userId],
  });
  return fromRow(services, rows[0]!);
}

/**
 * The limits of a user as they are now, read in the caller's transaction, which from here to its end is the only one
 * that spends them. What is counted in a later statement is therefore exact. Holds no row, so that it cannot end in
 * a deadlock with whatever changes users or chats.
 */
export async function lockLimits(
  client: Tx,
  services: Pick<Services, 'config'>,
  userId: string,
): Promise<Limits> {
  const { rows } = await client.query<Row>({
    name: 'lock-limits',
    text: `SELECT pg_advisory_xact_lock(${LOCKS.spending}, hashtext($1::uuid::text)), ${READ}`,
    values: [userId],
  });
  return fromRow(services, rows[0]!);
}

function fromRow(services: Pick<Services, 'config'>, { settings, ...own }: Row): Limits {
  return layer(layer(builtInLimits(services), settings), own);
}

/** The limits of `below` with what is set in `above` on top. */
export function layer(below: Limits, above: Partial<LimitSettings>): Limits {
  const set = LIMIT_NAMES.filter((name) => above[name] !== null && above[name] !== undefined);
  return { ...below, ...Object.fromEntries(set.map((name) => [name, above[name]])) };
}
