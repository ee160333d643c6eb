/** Whether mail works, as admins want to know it: when one was last taken, and what the last one was refused for. */
import type { Services } from '#platform/services.ts';
import type { MailStatus } from '../../invites.ts';

type Noted = { lastSentAt?: string; lastProblem?: { at: string; text: string } };

/** The state of mail. */
export async function readMailStatus({ db, config }: Services): Promise<MailStatus> {
  const { rows } = await db.$client.query<{ mail: Noted }>('SELECT mail FROM instance');
  const { lastSentAt = null, lastProblem = null } = rows[0]!.mail;
  return { configured: config.mail !== undefined, from: config.mail?.from ?? null, lastSentAt, lastProblem };
}

const note = ({ db }: Services, noted: Noted): Promise<unknown> =>
  db.$client.query('UPDATE instance SET mail = mail || $1::jsonb', [JSON.stringify(noted)]);

/** Notes that a mail was taken. */
export const noteSent = (services: Services): Promise<unknown> =>
  note(services, { lastSentAt: new Date().toISOString() });

/** Notes what the mail server said when it took none. */
export const noteProblem = (services: Services, text: string): Promise<unknown> =>
  note(services, { lastProblem: { at: new Date().toISOString(), text } });
