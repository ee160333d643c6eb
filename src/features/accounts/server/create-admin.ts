/** Making an admin from the command line: who can read the data folder or the database may do everything anyway. */
import { hashPassword } from 'better-auth/crypto';
import { z } from 'zod';
import { inTransaction, isUniqueViolation } from '#platform/database/database.ts';
import { AppError, invalidInput } from '#platform/errors.ts';
import { describeAt, type Issue } from '#platform/http/describe-issue.ts';
import { newId } from '#platform/ids.ts';
import type { Services } from '#platform/services.ts';
import { Name } from '../accounts.ts';
import { PASSWORD_MAX, PASSWORD_MIN } from '../rules.ts';
import { appointAdmin } from './first-admin.ts';
import { say } from './say.ts';

const NewAdmin = z.object({
  email: z.email().transform((email) => email.toLowerCase()),
  name: Name,
  password: z.string().min(PASSWORD_MIN).max(PASSWORD_MAX),
});

/**
 * Makes an account that is an admin, whether there are others or not; the first one ends the set-up code. 400 names what cannot be
 * used, 409 says that the address has an account.
 */
export async function createAdmin(
  { db }: Pick<Services, 'db'>,
  given: z.input<typeof NewAdmin>,
): Promise<void> {
  const parsed = NewAdmin.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]! as Issue;
    const { field, sentence } = describeAt(issue, (issue.path ?? []).map(String), 'body');
    throw invalidInput(field, sentence);
  }
  const { email, name, password } = parsed.data;
  const hash = await hashPassword(password);
  try {
    await inTransaction(db, async (client) => {
      // Before the user, as in every sign-up: of two at once one waits.
      await client.query('SELECT FROM instance FOR UPDATE');
      const id = newId();
      await client.query('INSERT INTO users (id, name, email) VALUES ($1, $2, $3)', [id, name, email]);
      await client.query(
        `INSERT INTO accounts (id, user_id, account_id, provider_id, password) VALUES ($1, $2, $3, 'credential', $4)`,
        [newId(), id, id, hash],
      );
      await appointAdmin(client, id);
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw new AppError('conflict', say('email_taken'));
    throw error;
  }
}
