/** The routes of what waits: list, change, take back. Sending it is among the routes of sending. */
import { z } from 'zod';
import { Id, page } from '#fields';
import type { App } from '#platform/http/app.ts';
import { principalOf } from '#platform/http/principal.ts';
import type { Services } from '#platform/services.ts';
import { OutboxItem, OutboxPatch, OutboxQuery } from '../../outbox.ts';
import { changeItem } from './change-item.ts';
import { deleteItem } from './delete-item.ts';
import { listItems } from './list-items.ts';

const config = { access: 'user', scope: 'chat' } as const;
const tags = ['Messages'];
const params = z.object({ outboxId: Id });

/** Adds the routes to `app`. */
export function addOutboxRoutes(app: App, services: Services): void {
  app.get(
    '/api/v1/chats/:chatId/outbox',
    {
      config,
      schema: {
        tags,
        summary: 'List your messages that wait for the reply that is being written, in the order of sending',
        description: 'A page ends at `limit` items or 2 MiB of content, whichever comes first.',
        params: z.object({ chatId: Id }),
        querystring: OutboxQuery,
        response: { 200: page(OutboxItem) },
      },
    },
    async (request) =>
      listItems(services.db.$client, principalOf(request), request.params.chatId, request.query),
  );

  app.patch(
    '/api/v1/outbox/:outboxId',
    {
      config,
      schema: {
        tags,
        summary: 'Change what a waiting message says, or its place among yours',
        params,
        body: OutboxPatch,
        response: { 200: OutboxItem },
      },
    },
    async (request) => changeItem(services, principalOf(request), request.params.outboxId, request.body),
  );

  app.delete(
    '/api/v1/outbox/:outboxId',
    {
      config,
      schema: {
        tags,
        summary: 'Take back a message that was not sent yet',
        params,
        response: { 204: z.null().describe('It is deleted.') },
      },
    },
    async (request, reply) => {
      await deleteItem(services, principalOf(request), request.params.outboxId);
      return reply.status(204).send(null);
    },
  );
}
