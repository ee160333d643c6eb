import type { FastifyRequest } from 'fastify';
import type { App } from '#platform/http/app.ts';
import { principalOf } from '#platform/http/principal.ts';
import { userTopic } from '#platform/live-bus/live-bus.ts';
import type { Services } from '#platform/services.ts';
import { mountContext } from './mount-context.ts';
import { PRIMARY, personalOf } from './owners.ts';

const ownTabs = (request: FastifyRequest) => [userTopic(principalOf(request).userId)];

/** Adds the instructions of the instance, for admins, and everybody's own. */
export function addContextRoutes(app: App, services: Services): void {
  mountContext(app, services, {
    path: '/api/v1/admin',
    what: 'the instructions of the instance',
    tags: ['Administration'],
    config: { access: 'admin', scope: 'admin' },
    toRead: () => PRIMARY,
    toWrite: (_tx, request) => ({ owner: PRIMARY, audience: ownTabs(request) }),
  });
  mountContext(app, services, {
    path: '/api/v1/me',
    what: 'your own instructions',
    tags: ['Accounts'],
    config: { access: 'user', scope: 'chat' },
    toRead: (_db, request) => personalOf(principalOf(request)),
    toWrite: (_tx, request) => ({ owner: personalOf(principalOf(request)), audience: ownTabs(request) }),
  });
}
