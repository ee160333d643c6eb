/** The signed-in user's own record. */

import { assertSettings } from '#features/settings/server/index.ts';
import { AppError } from '#platform/errors.ts';
import { userTopic } from '#platform/live-bus/live-bus.ts';
import type { Principal } from '#platform/principal.ts';
import { say } from '#platform/say.ts';
import type { Services } from '#platform/services.ts';
import type { Me, MePatch } from '../accounts.ts';
import { activeChats, effectiveLimits } from './limits.ts';

const MINUTE_MS = 60_000;

type Row = Pick<Me, 'name' | 'email' | 'emailVerified' | 'settings' | 'language'> & {
  last_active_at: Date;
  chat_count: number;
};

/** Reads `Me`. A user removed a moment ago is 401. */
export async function readMe(services: Services, principal: Principal): Promise<Me> {
  const [{ rows }, { maxChats }] = await Promise.all([
    services.db.$client.query<Row>({
      name: 'me',
      text: `SELECT name, email, email_verified AS "emailVerified", settings, language, last_active_at,
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
    emailVerified: row.emailVerified,
    role: principal.role,
    maxChats,
    chatCount: row.chat_count,
    settings: row.settings,
    language: row.language,
    maySignUp: isGuest && services.config.signUp === 'open',
    expiresAt: isGuest ? new Date(idleEnd).toISOString() : null,
  };
}

/** Changes what a user may change about themselves, and tells their tabs of other settings. 400 for a model that is not known. */
export async function updateMe({ db, bus }: Services, { userId }: Principal, patch: MePatch): Promise<void> {
  const { name, settings, language } = patch;
  if (settings) await assertSettings(db.$client, settings, 'settings');
  if (Object.values(patch).every((value) => value === undefined)) return;
  await db.$client.query(
    `UPDATE users SET name = coalesce($2, name), settings = coalesce($3, settings),
       language = CASE WHEN $4 THEN $5 ELSE language END, updated_at = now() WHERE id = $1`,
    [userId, name, settings && JSON.stringify(settings), language !== undefined, language],
  );
  if (settings || language !== undefined)
    bus.publish(userTopic(userId), { type: 'settings_saved', data: { layer: 'personal' } });
}
