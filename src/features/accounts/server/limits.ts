/** What a user may use: their own limits, else the instance's, else the built-in ones. */
import type { Services } from '#platform/services.ts';
import { LIMIT_NAMES, type LimitSettings, type Limits } from '../accounts.ts';
import { onPrincipalsChanged } from './change-principals.ts';

/** How long limits are believed without asking again. */
const BELIEVED_MS = 1000;
const MAX_REMEMBERED = 10_000;

type Remembered = Map<string, { until: number; answer: Promise<Limits> }>;
const memories = new WeakMap<Services, Remembered>();

/** The built-in defaults. */
export const builtInLimits = ({ config }: Services): Limits => ({
  maxChats: config.maxChats,
  maxConcurrent: 4,
  maxQueued: 50,
  requestsPerMinute: 60,
  tokensPerDay: null,
  weight: 1,
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

async function readLimits(services: Services, userId: string): Promise<Limits> {
  const { rows } = await services.db.$client.query<LimitSettings & { settings: Partial<LimitSettings> }>({
    name: 'limits-of-user',
    text: `SELECT i.settings, u.max_chats AS "maxChats", u.max_concurrent AS "maxConcurrent", u.max_queued AS "maxQueued",
                  u.requests_per_minute AS "requestsPerMinute", u.tokens_per_day AS "tokensPerDay", u.weight
           FROM instance i LEFT JOIN users u ON u.id = $1`,
    values: [userId],
  });
  const { settings, ...own } = rows[0]!;
  return layer(layer(builtInLimits(services), settings), own);
}

/** The limits of `below` with what is set in `above` on top. */
export function layer(below: Limits, above: Partial<LimitSettings>): Limits {
  const set = LIMIT_NAMES.filter((name) => above[name] !== null && above[name] !== undefined);
  return { ...below, ...Object.fromEntries(set.map((name) => [name, above[name]])) };
}
