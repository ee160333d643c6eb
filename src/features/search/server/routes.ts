import { page } from '#fields';
import type { App } from '#platform/http/app.ts';
import { principalOf } from '#platform/http/principal.ts';
import { createPlaces } from '#platform/places.ts';
import type { Services } from '#platform/services.ts';
import { SearchHit, SearchQuery } from '../search.ts';
import { search } from './run-search.ts';

/** Of the connections for requests, the part that searches may hold at once: a rush of them leaves sends theirs. */
const SHARE = 0.3;

/** Adds `/api/v1/search`. */
export function addSearchRoutes(app: App, services: Services): void {
  const places = createPlaces(Math.max(1, Math.floor(services.db.$client.options.max * SHARE)));
  app.get(
    '/api/v1/search',
    {
      config: { access: 'user', scope: 'chat' },
      schema: {
        tags: ['Search'],
        summary: 'Find messages and chats, archived ones too, best match first',
        description:
          'Words, "phrases", -not, and filters: tag: project: agent: model: from:me|model in:title archived:yes|no before:2026-01-31 after: has:file|code is:shared|pinned. A value with spaces stands in quotes. An unknown filter or a wrong value is 400 and named.',
        querystring: SearchQuery,
        response: { 200: page(SearchHit) },
      },
    },
    (request) => search(services, places, principalOf(request), request.query),
  );
}
