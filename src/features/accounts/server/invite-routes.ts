import { z } from 'zod';
import { Id, Limit, page } from '#fields';
import type { App } from '#platform/http/app.ts';
import { principalOf } from '#platform/http/principal.ts';
import type { Services } from '#platform/services.ts';
import { AccountInvite, MadeAccountInvite, NewAccountInvite } from '../invites.ts';
import { createAccountInvite, listAccountInvites, revokeAccountInvite } from './invites.ts';
import { mannerOf } from './own-auth-route.ts';

const config = { access: 'admin', scope: 'admin' } as const;
const tags = ['Administration'];

/** Adds `/api/v1/admin/invites`. */
export function addInviteRoutes(app: App, services: Services): void {
  app.get(
    '/api/v1/admin/invites',
    {
      config,
      schema: {
        tags,
        summary: 'Invitations that can still be used, newest first',
        querystring: z.object({ limit: Limit, cursor: Id.optional() }),
        response: { 200: page(AccountInvite) },
      },
    },
    async (request) => listAccountInvites(services, request.query),
  );
  app.post(
    '/api/v1/admin/invites',
    {
      config,
      schema: {
        tags,
        summary: 'Invite somebody to make an account; `url` is shown this once',
        description:
          'Good for a week and one account unless told; null is without a bound. With an `email` it is for that address alone, and is mailed where mails are sent.',
        body: NewAccountInvite,
        response: { 201: MadeAccountInvite },
      },
    },
    async (request, reply) => {
      const manner = mannerOf(request, services, true);
      const made = await createAccountInvite(services, principalOf(request), request.body, manner);
      return reply.status(201).send(made);
    },
  );
  app.delete(
    '/api/v1/admin/invites/:accountInviteId',
    {
      config,
      schema: {
        tags,
        summary: 'Withdraw an invitation',
        params: z.object({ accountInviteId: Id }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await revokeAccountInvite(services, principalOf(request), request.params.accountInviteId);
      return reply.status(204).send(null);
    },
  );
}
