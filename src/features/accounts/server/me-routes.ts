import type { App } from '#platform/http/app.ts';
import { principalOf } from '#platform/http/principal.ts';
import type { Services } from '#platform/services.ts';
import { EmailChange, Me, MePatch } from '../accounts.ts';
import { confirmPassword } from './confirm-password.ts';
import { readMe, updateMe } from './me.ts';
import { changeEmail } from './move-email.ts';
import { mannerOf } from './own-auth-route.ts';

/** Adds `GET` and `PATCH /api/v1/me`, and `POST /api/v1/me/email`. */
export function addMeRoutes(app: App, services: Services): void {
  app.get(
    '/api/v1/me',
    {
      config: { access: 'user', scope: 'chat' },
      schema: { tags: ['Accounts'], summary: 'The signed-in user', response: { 200: Me } },
    },
    async (request) => readMe(services, principalOf(request)),
  );
  app.patch(
    '/api/v1/me',
    {
      config: { access: 'user', scope: 'chat' },
      schema: {
        tags: ['Accounts'],
        summary: 'Change your name, or what your replies are made with',
        body: MePatch,
        response: { 200: Me },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      await updateMe(services, principal, request.body);
      return readMe(services, principal);
    },
  );
  app.post(
    '/api/v1/me/email',
    {
      config: { access: 'account', scope: 'chat' },
      schema: {
        tags: ['Accounts'],
        summary: 'Move your account to another email address',
        description:
          'Where mails are sent: once the link is opened that is sent there (202). Else at once (200).',
        body: EmailChange,
        response: { 200: Me, 202: Me },
      },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      const { email, password } = request.body;
      await confirmPassword(services, principal, password);
      const outcome = await changeEmail(services, principal, email, mannerOf(request, services));
      return reply.status(outcome === 'moved' ? 200 : 202).send(await readMe(services, principal));
    },
  );
}
