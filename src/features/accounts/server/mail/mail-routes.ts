import { z } from 'zod';
import { recordAct } from '#features/audit/server/index.ts';
import { inTransaction } from '#platform/database/database.ts';
import { AppError } from '#platform/errors.ts';
import type { App } from '#platform/http/app.ts';
import { principalOf } from '#platform/http/principal.ts';
import type { Services } from '#platform/services.ts';
import { MailStatus } from '../../invites.ts';
import { mannerOf } from '../own-auth-route.ts';
import { say } from '../say.ts';
import { sendLater } from './mail-job.ts';
import { readMailStatus } from './mail-status.ts';

const config = { access: 'admin', scope: 'admin' } as const;
const tags = ['Administration'];

/** Adds `/api/v1/admin/mail`: whether mail works, and a mail to try it. */
export function addMailRoutes(app: App, services: Services): void {
  app.get(
    '/api/v1/admin/mail',
    {
      config,
      schema: {
        tags,
        summary: 'Whether mails are sent, and how it went last',
        response: { 200: MailStatus },
      },
    },
    async () => readMailStatus(services),
  );
  app.post(
    '/api/v1/admin/mail/test',
    {
      config,
      schema: {
        tags,
        summary: 'Send a test mail to yourself; how it went is told by `GET /api/v1/admin/mail`',
        response: { 202: z.null().describe('It is on its way.') },
      },
    },
    async (request, reply) => {
      if (!services.config.mail) throw new AppError('conflict', say('no_mail_yet'));
      const asker = principalOf(request);
      await inTransaction(services.db, async (tx) => {
        await recordAct(tx, asker, 'mail.test', { kind: 'instance' });
        const mail = { about: 'test', userId: asker.userId } as const;
        await sendLater(services, tx, mail, mannerOf(request, services, true));
      });
      return reply.status(202).send(null);
    },
  );
}
