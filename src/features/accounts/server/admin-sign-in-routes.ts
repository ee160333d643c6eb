import { z } from 'zod';
import { Id, page } from '#fields';
import type { App } from '#platform/http/app.ts';
import { principalOf } from '#platform/http/principal.ts';
import { pageOf, ShortListQuery } from '#platform/http/short-list.ts';
import type { Services } from '#platform/services.ts';
import { SignIn, SignOut } from '../accounts.ts';
import { readSignIns, signOutEverywhere } from './admin-sign-ins.ts';

const config = { access: 'admin', scope: 'admin' } as const;
const tags = ['Administration'];
const params = z.object({ userId: Id });

/** Adds `/api/v1/admin/users/{id}/sign-ins` and `…/sign-out`. */
export function addAdminSignInRoutes(app: App, services: Services): void {
  app.get(
    '/api/v1/admin/users/:userId/sign-ins',
    {
      config,
      schema: {
        tags,
        summary: 'Where a user is signed in, the one used last first',
        params,
        querystring: ShortListQuery,
        response: { 200: page(SignIn) },
      },
    },
    async (request) => {
      const items = await readSignIns(services, principalOf(request), request.params.userId);
      return pageOf(items, ({ id }) => id, request.query);
    },
  );
  app.post(
    '/api/v1/admin/users/:userId/sign-out',
    {
      config,
      schema: {
        tags,
        summary: 'Sign a user out everywhere, and revoke their API keys if `revokeKeys` is true',
        params,
        body: SignOut,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await signOutEverywhere(services, principalOf(request), request.params.userId, request.body);
      return reply.status(204).send(null);
    },
  );
}
