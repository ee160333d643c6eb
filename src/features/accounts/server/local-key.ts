/** The key of a terminal that works on the data folder itself: good for minutes, prolonged as long as the terminal is open. */
import { repeat } from '#platform/repeat.ts';
import type { Services } from '#platform/services.ts';
import { createApiKey } from './api-keys.ts';
import { localUser } from './local-user.ts';

/** Should the terminal be killed, its key ends by itself this soon. */
const KEY_SECONDS = 300;
const NAME = 'parley chat';

export type LocalKey = {
  /** A key that holds for at least half of its time. */
  read(): Promise<string>;
  /** Takes it out of the database: it is good for nothing from then on. */
  revoke(): Promise<void>;
};

type Held = { id: string; key: string; freshUntil: number };

/** Speaks for the local user. The key is made when it is first read; time is the database's, which judges it. */
export function openLocalKey(services: Pick<Services, 'db' | 'config'>, seconds = KEY_SECONDS): LocalKey {
  const { db } = services;
  const halfMs = seconds * 500;
  let held: Held | null = null;

  const prolong = async ({ id }: { id: string }): Promise<boolean> => {
    const { rowCount } = await db.$client.query(
      'UPDATE api_keys SET expires_at = now() + make_interval(secs => $2) WHERE id = $1',
      [id, seconds],
    );
    return Boolean(rowCount);
  };
  const make = async (): Promise<Held> => {
    // What killed terminals left must not use up the keys that one user may have.
    await db.$client.query('DELETE FROM api_keys WHERE name = $1 AND expires_at < now()', [NAME]);
    const expiresAt = new Date(Date.now() + seconds * 1000).toISOString();
    // What the terminal needs and no more: one's own chats, even where the local user is an admin.
    const asker = { userId: await localUser(services), role: 'member' } as const;
    const input = { name: NAME, expiresAt, scopes: ['chat' as const] };
    const { id, key } = await createApiKey(services, asker, input);
    await prolong({ id });
    return { id, key, freshUntil: performance.now() + halfMs };
  };
  const read = async (): Promise<string> => {
    const now = performance.now();
    if (held && now < held.freshUntil) return held.key;
    held = held && (await prolong(held)) ? { ...held, freshUntil: now + halfMs } : await make();
    return held.key;
  };
  // An open stream ends with its key, so it is prolonged while nothing is asked as well. One that fails is tried again.
  const prolonging = repeat(
    async () => void (held && (await read())),
    halfMs / 2,
    () => {},
  );
  return {
    read,
    async revoke() {
      await prolonging.stop();
      if (held) await db.$client.query('DELETE FROM api_keys WHERE id = $1', [held.id]);
      held = null;
    },
  };
}
