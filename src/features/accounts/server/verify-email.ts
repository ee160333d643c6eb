/** Proving that an address is one's own. */
import { z } from 'zod';
import { inTransaction, isUniqueViolation } from '#platform/database/database.ts';
import { takeLink } from './links.ts';
import { sendLater } from './mail/mail-job.ts';
import { moveEmail } from './move-email.ts';
import { done, forAccounts, mannerOf, type OwnAnswer, refused } from './own-auth-route.ts';
import { say } from './say.ts';

/** Puts a mail on its way by which the asker proves the address of their account. */
export const sendVerification = forAccounts(async ({ services, request, asker }) => {
  if (!services.config.mail) return refused(400, 'VERIFICATION_EMAIL_NOT_ENABLED', say('no_mail'));
  const { rows } = await services.db.$client.query<{ email: string; email_verified: boolean }>(
    'SELECT email, email_verified FROM users WHERE id = $1',
    [asker.userId],
  );
  if (rows[0]?.email_verified) return refused(400, 'EMAIL_ALREADY_VERIFIED', say('email_verified_already'));
  const mail = { about: 'verify', userId: asker.userId, email: rows[0]!.email } as const;
  await sendLater(services, services.db.$client, mail, mannerOf(request, services));
  return done();
});

/** Opens the link of such a mail. Nobody need be signed in: who has the link has the mailbox. */
export const verifyEmail: OwnAnswer = async ({ services, request, body }) => {
  const { token } = body;
  if (typeof token !== 'string') return refused(400, 'INVALID_TOKEN', say('link_not_good'));
  try {
    const isGood = await inTransaction(services.db, async (tx) => {
      const value = await takeLink(tx, 'verify-email', token);
      const moved = value && Link.parse(JSON.parse(value));
      return moved ? moveEmail(services, tx, moved, true, mannerOf(request, services)) : false;
    });
    return isGood ? done() : refused(400, 'INVALID_TOKEN', say('link_not_good'));
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return refused(422, 'USER_ALREADY_EXISTS', say('email_taken'));
  }
};

const Link = z.object({ userId: z.string(), email: z.string() });
