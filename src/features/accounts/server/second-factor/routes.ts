import { z } from 'zod';
import { Id } from '#fields';
import { notFound } from '#platform/errors.ts';
import type { App } from '#platform/http/app.ts';
import { principalOf } from '#platform/http/principal.ts';
import type { Services } from '#platform/services.ts';
import { SecondFactor } from '../../accounts.ts';
import { say } from '../say.ts';
import { readSecondFactor, removeSecondFactor } from './second-factor.ts';

/** Adds `GET /api/v1/me/two-factor`, and the admins' way to take somebody's second factor away. */
export function addSecondFactorRoutes(app: App, services: Services): void {
  app.get(
    '/api/v1/me/two-factor',
    {
      config: { access: 'account', scope: 'chat' },
      schema: {
        tags: ['Accounts'],
        summary: 'Whether you have a second factor, and how many recovery codes are left',
        response: { 200: SecondFactor },
      },
    },
    async (request) => readSecondFactor(services, principalOf(request).userId),
  );
  app.delete(
    '/api/v1/admin/users/:userId/two-factor',
    {
      config: { access: 'admin', scope: 'admin' },
      schema: {
        tags: ['Administration'],
        summary: 'Remove the second factor of somebody who has lost it; their password is enough then',
        params: z.object({ userId: Id }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { userId } = request.params;
      if (!(await removeSecondFactor(services, userId, principalOf(request))))
        throw notFound(say('they_have_no_second_factor'));
      return reply.status(204).send(null);
    },
  );
}
