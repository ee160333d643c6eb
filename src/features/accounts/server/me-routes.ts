import type { App } from '#platform/http/app.ts';
import { principalOf } from '#platform/http/principal.ts';
import type { Services } from '#platform/services.ts';
import { Me, MePatch } from '../accounts.ts';
import { readMe, updateMe } from './me.ts';

/** Adds `GET` and `PATCH /api/v1/me`. */
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
}
