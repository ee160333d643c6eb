import type { Services } from '#platform/services.ts';

/** Somebody as better-auth's answers have them. */
export async function describeUser({ db }: Pick<Services, 'db'>, userId: string): Promise<unknown> {
  const { rows } = await db.$client.query(
    `SELECT id, name, email, email_verified AS "emailVerified", image, is_anonymous AS "isAnonymous",
            two_factor_enabled AS "twoFactorEnabled", created_at AS "createdAt", updated_at AS "updatedAt"
     FROM users WHERE id = $1`,
    [userId],
  );
  return rows[0];
}
