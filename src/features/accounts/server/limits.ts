/** What a user may use: their own limits, else those of guests or of the instance, else the built-in ones. */
import type { Queryable, Tx } from '#platform/database/database.ts';
import type { Services } from '#platform/services.ts';
import { LOCKS } from '#platform/signals.ts';
import type { GuestLimits, LimitSettings, Limits, StoredSettings } from '../accounts.ts';
import { limitsOf, settingsOf } from './built-in-limits.ts';
import { onPrincipalsChanged } from './change-principals.ts';
import { OWN_LIMITS } from './limit-sql.ts';

/** How long limits are believed without asking again. */
const BELIEVED_MS = 1000;
const MAX_REMEMBERED = 10_000;

type Remembered = Map<string, { until: number; answer: Promise<Limits> }>;
const memories = new WeakMap<Services, Remembered>();

/**
 * SQL for how many chats `maxChats` is about: those of the user that a parameter or column names, but for archived and deleted
 * ones. The database keeps count of them.
 */
export const activeChats = (user: string): string =>
  `SELECT counted.chat_count AS count FROM users counted WHERE counted.id = ${user}`;

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

/** What a user may spend, and who shares a bound with them. */
export type Spending = {
  limits: Limits;
  /** Of a guest: what stands for their address, and what all guests of it may use together. */
  address: (GuestLimits['perAddress'] & { id: string }) | null;
};

type Row = LimitSettings & { settings: StoredSettings; guestAddress: string | null };
// An unknown user has the defaults of members.
const READ = `i.settings, ${OWN_LIMITS},
  CASE WHEN u.is_anonymous THEN coalesce(u.guest_address, u.id) END AS "guestAddress"
  FROM instance i LEFT JOIN users u ON u.id = $1`;

async function readLimits(services: Services, userId: string): Promise<Limits> {
  const { rows } = await services.db.$client.query<Row>({
    name: 'limits-of-user',
    text: `SELECT ${READ}`,
    values: [userId],
  });
  return fromRow(services, rows[0]!).limits;
}

/**
 * The limits of a user as they are now, read in the caller's transaction, which from here to its end is the only one
 * that spends them; of a guest, also the only one of their address. What is counted in a later statement is therefore
 * exact. Holds no row, so that it cannot end in a deadlock with whatever changes users or chats.
 */
export async function lockLimits(
  client: Tx,
  services: Pick<Services, 'config'>,
  userId: string,
): Promise<Spending> {
  const { rows } = await client.query<Row>({
    name: 'lock-limits',
    text: `SELECT pg_advisory_xact_lock(${LOCKS.spending}, hashtext($1::uuid::text)), ${READ}`,
    values: [userId],
  });
  const spending = fromRow(services, rows[0]!);
  if (spending.address) await lockAddress(client, spending.address.id);
  return spending;
}

/** Always after the lock on the user, so that two guests never wait for each other. */
async function lockAddress(client: Queryable, id: string): Promise<void> {
  await client.query({
    name: 'lock-guest-address',
    text: `SELECT pg_advisory_xact_lock(${LOCKS.guestAddress}, hashtext($1::uuid::text))`,
    values: [id],
  });
}

function fromRow(
  services: Pick<Services, 'config'>,
  { settings: stored, guestAddress, ...own }: Row,
): Spending {
  const settings = settingsOf(services, stored);
  return {
    limits: limitsOf(settings, guestAddress !== null, own),
    address: guestAddress === null ? null : { ...settings.guests.perAddress, id: guestAddress },
  };
}
