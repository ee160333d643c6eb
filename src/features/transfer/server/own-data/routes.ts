import { z } from 'zod';
import type { App } from '#platform/http/app.ts';
import { attachment } from '#platform/http/attachment.ts';
import { LANGUAGES, languageOf } from '#platform/http/language-of.ts';
import { principalOf } from '#platform/http/principal.ts';
import type { Services } from '#platform/services.ts';
import { exportOwnData } from './export-own-data.ts';

/** Adds `/api/v1/me/export`. */
export function addOwnDataRoutes(app: App, services: Services): void {
  app.get(
    '/api/v1/me/export',
    {
      config: { access: 'user', scope: 'chat' },
      schema: {
        tags: ['Transfer'],
        summary: 'All your data as one zip archive, however much it is',
        description:
          'Your chats as records `parley.chat/1`, which `POST /api/v1/chats/import` takes back; beside them `account.json`, `usage.csv`, and a `README.txt` in `language`, else the request’s. An API key is not told where you are signed in.',
        querystring: z.object({ language: z.enum(LANGUAGES).optional() }),
      },
    },
    async (request, reply) => {
      const language = request.query.language ?? languageOf(request);
      const file = exportOwnData(services, principalOf(request), language);
      file.on('error', (error) =>
        services.log.warn({ err: error }, 'an export of somebody’s data broke off'),
      );
      const day = new Date().toISOString().slice(0, 10);
      return reply
        .header('content-disposition', attachment(`parley-data-${day}.zip`))
        .header('x-content-type-options', 'nosniff')
        .type('application/zip')
        .send(file as never);
    },
  );
}
