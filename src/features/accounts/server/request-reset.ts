/** Asking for a new password by mail. */
import { z } from 'zod';
import { sendLater } from './mail/mail-job.ts';
import { mannerOf, type OwnAnswer, refused } from './own-auth-route.ts';
import { say } from './say.ts';

/**
 * Puts a mail with a link on its way to whoever has the address, if anybody has. The answer and the time it takes are the same
 * in any case: who has an account is looked up by the job.
 */
export const requestReset: OwnAnswer = async ({ services, request, body }) => {
  if (!services.config.mail) return refused(400, 'RESET_PASSWORD_DISABLED', say('no_mail_for_reset'));
  const email = z.email().safeParse(body.email);
  if (!email.success) return refused(400, 'INVALID_EMAIL', say('email_invalid'));
  const mail = { about: 'reset', email: email.data } as const;
  await sendLater(services, services.db.$client, mail, mannerOf(request, services));
  const { reason, text } = say('reset_on_its_way');
  return Response.json({ status: true, message: text, reason, params: {} });
};
