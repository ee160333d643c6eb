/** Asks somebody who is signed in for their password once more, before what would help whoever only has their session. */
import type { Services } from '#platform/services.ts';
import { OWN } from '../access.ts';
import type { Auth } from '../auth.ts';
import { oneOfFew } from '../one-of-few.ts';

/** Whether it is theirs; `none`: they came through a provider and have none. */
export async function checkPassword(
  { db }: Pick<Services, 'db'>,
  auth: Auth,
  userId: string,
  password: string,
): Promise<'right' | 'wrong' | 'none'> {
  const { rows } = await db.$client.query<{ password: string | null }>(
    `SELECT password FROM accounts WHERE ${OWN} AND provider_id = 'credential'`,
    [userId],
  );
  const hash = rows[0]?.password;
  if (!hash) return 'none';
  const context = await auth.$context;
  return (await oneOfFew(() => context.password.verify({ hash, password }))) ? 'right' : 'wrong';
}
