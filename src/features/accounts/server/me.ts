/** The signed-in user's own record. */

import { AppError } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import { say } from '#platform/say.ts';
import type { Services } from '#platform/services.ts';
import type { Me } from '../accounts.ts';
import { activeChats, effectiveLimits } from './limits.ts';

const MINUTE_MS = 60_000;

type Row = { name: string; email: string; last_active_at: Date; chat_count: number };

/** Reads `Me`. A user removed a moment ago is 401. */
export async function readMe(services: Services, principal: Principal): Promise<Me> {
  const [{ rows }, { maxChats }] = await Promise.all([
    services.db.$client.query<Row>({
      name: 'me',
      text: `SELECT name, email, last_active_at,
                    (${activeChats('u.id')}) AS chat_count
             FROM users u WHERE id = $1`,
      values: [principal.userId],
    }),
    effectiveLimits(services, principal.userId),
  ]);
  const row = rows[0];
  if (!row) throw new AppError('unauthenticated', say('session_gone'));
  const isGuest = principal.role === 'guest';
  const idleEnd = row.last_active_at.getTime() + services.config.guestTimeoutMinutes * MINUTE_MS;
  return {
    id: principal.userId,
    name: row.name,
    email: isGuest ? '' : row.email,
    role: principal.role,
    maxChats,
    chatCount: row.chat_count,
    maySignUp: isGuest && services.config.signUp === 'open',
    expiresAt: isGuest ? new Date(idleEnd).toISOString() : null,
  };
}

/** Changes what a user may change about themselves. */
export async function updateMe(
  { db }: Services,
  principal: Principal,
  patch: { name?: string | undefined },
): Promise<void> {
  if (patch.name !== undefined)
    await db.$client.query('UPDATE users SET name = $2, updated_at = now() WHERE id = $1', [
      principal.userId,
      patch.name,
    ]);
}
