/** The routes that put many chats in order at once. */
import { z } from 'zod';
import { cleanText, page } from '#fields';
import type { App } from '#platform/http/app.ts';
import { principalOf } from '#platform/http/principal.ts';
import type { Services } from '#platform/services.ts';
import { Bulk, BulkDone, TagCount, TagPatch, TagQuery, Undo, Undone } from '../../order.ts';
import { bulkChats } from './bulk-chats.ts';
import { listTags, renameTag } from './tags.ts';
import { undoBulk } from './undo-bulk.ts';

const config = { access: 'user', scope: 'chat' } as const;
const tags = ['Chats'];

/** Adds one action on many chats, taking it back, and the tags of all chats. */
export function addOrderRoutes(app: App, services: Services): void {
  app.post(
    '/api/v1/chats/bulk',
    {
      config,
      schema: {
        tags,
        summary: 'Do something to many chats at once',
        description:
          'Named by `ids` or by a `filter` of the list; chats with which you may not do it are passed over and not counted. All or nothing: `undo` takes it back for a day.',
        body: Bulk,
        response: { 200: BulkDone },
      },
    },
    (request) => bulkChats(services, principalOf(request), request.body),
  );

  app.post(
    '/api/v1/undo',
    {
      config,
      schema: {
        tags,
        summary: 'Take back what was done to many chats, within a day',
        description: 'What else was changed there since stays. Again: nothing changes, and `count` is 0.',
        body: Undo,
        response: { 200: Undone },
      },
    },
    async (request) => ({ count: await undoBulk(services, principalOf(request), request.body.undo) }),
  );

  app.get(
    '/api/v1/tags',
    {
      config,
      schema: {
        tags,
        summary: 'List the tags of your chats, those of most chats first',
        querystring: TagQuery,
        response: { 200: page(TagCount) },
      },
    },
    (request) => listTags(services.db.$client, principalOf(request), request.query),
  );

  app.patch(
    '/api/v1/tags/:name',
    {
      config,
      schema: {
        tags,
        summary: 'Rename a tag in all of your chats; with the name of another one, the two become one',
        params: z.object({ name: cleanText(64) }),
        body: TagPatch,
        response: { 200: TagCount },
      },
    },
    async (request) => {
      const { name } = request.body;
      return { name, count: await renameTag(services, principalOf(request), request.params.name, name) };
    },
  );
}
