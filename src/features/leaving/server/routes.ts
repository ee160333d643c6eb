import { z } from 'zod';
import type { App } from '#platform/http/app.ts';
import { principalOf } from '#platform/http/principal.ts';
import type { Services } from '#platform/services.ts';
import { Leave } from '../leaving.ts';
import { deleteAccount } from './delete-account.ts';

/** Adds `DELETE /api/v1/me`. */
export function addLeavingRoutes(app: App, services: Services): void {
  app.delete(
    '/api/v1/me',
    {
      config: { access: 'user', scope: 'chat' },
      schema: {
        tags: ['Accounts'],
        summary: 'Delete your account for good, with your chats',
        description:
          'What others read in a project stays there without your name, and the ledger keeps its rows without you. Guests, and who always signs in through a provider, send `confirm` in place of `password`.',
        body: Leave,
        response: { 204: z.null().describe('It is gone.') },
      },
    },
    async (request, reply) => {
      await deleteAccount(services, principalOf(request), request.body);
      return reply.status(204).send(null);
    },
  );
}
