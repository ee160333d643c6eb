/**
 * Mails to people, as jobs: no request waits for a mail server, so that how long an answer takes tells nothing of whether an
 * account exists, and a mail outlives a server that is away. Tokens are made when the mail is: none lies in a job.
 */
import { z } from 'zod';
import { Id } from '#fields';
import type { Queryable } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import { type JobKind, type Worker, work } from '#platform/jobs/jobs.ts';
import { MailRefused, sendMail } from '#platform/mail/send-mail.ts';
import type { Services } from '#platform/services.ts';
import { addressee } from './addressee.ts';
import { composeMail } from './compose-mail.ts';
import { MailAbout, Manner } from './mail-about.ts';
import { noteProblem, noteSent } from './mail-status.ts';

const MailInput = z.object({ id: Id, about: MailAbout, manner: Manner });
/** Tried for about a day, while the mail server is away. */
const MAIL: JobKind<z.infer<typeof MailInput>> = {
  name: 'mail',
  input: MailInput,
  retries: { times: 30, firstSeconds: 20, longestSeconds: 3600 },
};

/** Puts a mail on its way, once the caller's transaction commits. Does nothing where no mail is sent. */
export async function sendLater(
  { config, jobs }: Pick<Services, 'config' | 'jobs'>,
  on: Queryable,
  mail: MailAbout,
  manner: Manner,
): Promise<void> {
  if (config.mail) await jobs.send(on, MAIL, { id: newId(), about: mail, manner });
}

/** What sends mails, for the list of jobs; nothing where there is no mail server. */
export function mailWorkers(services: Services): Worker[] {
  const server = services.config.mail;
  if (!server) return [];
  return [
    work(MAIL, async ({ id, about: asked, manner }) => {
      const to = await addressee(services, asked);
      if (!to) return;
      const words = composeMail({ about: asked.about, ...manner, ...(to.path && { path: to.path }) });
      try {
        await sendMail(server, { id, to: to.email, ...words });
      } catch (error) {
        if (!(error instanceof MailRefused)) throw error;
        await noteProblem(services, error.said);
        services.log.warn({ mail: asked.about, reason: error.message }, 'a mail was not taken');
        // Tried again, unless that is of no use.
        if (!error.isFinal) throw error;
        return;
      }
      await noteSent(services);
      services.log.info({ mail: asked.about }, 'a mail was taken by the mail server');
    }),
  ];
}
