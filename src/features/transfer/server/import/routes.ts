/** Chats on their way in. */
import type { App } from '#platform/http/app.ts';
import { takeLonger } from '#platform/http/long-body.ts';
import { principalOf } from '#platform/http/principal.ts';
import type { Services } from '#platform/services.ts';
import { ImportQuery, ImportReport } from '../../transfer.ts';
import { transferFolder } from '../export/send-export.ts';
import { receiveFiles } from './receive-files.ts';
import { runImport } from './run-import.ts';
import { createTurnstile } from './turnstile.ts';

/** Adds `/api/v1/chats/import`. */
export async function addImportRoutes(app: App, services: Services): Promise<void> {
  const turnstile = createTurnstile();
  await app.register(async (scoped) => {
    const scope = scoped as App;
    // The handler reads the body itself, piece by piece and whatever it says it is: it is larger than any other may be.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _body, done) => done(null));

    scope.post(
      '/api/v1/chats/import',
      {
        config: { access: 'user', scope: 'chat' },
        schema: {
          tags: ['Transfer'],
          summary: 'Bring in chats: a file as the body, or several in a form',
          description:
            'Up to 1 GiB of JSON, JSONL or zip. Each chat comes in as a whole or not at all, and one that is there is skipped. With `dryRun` nothing is kept.',
          consumes: ['application/json', 'application/x-ndjson', 'application/zip', 'multipart/form-data'],
          querystring: ImportQuery,
          response: { 200: ImportReport },
        },
      },
      async (request, reply) => {
        const asker = principalOf(request);
        const { format, dryRun, file } = request.query;
        const leave = turnstile.enter(asker.userId);
        const gone = new AbortController();
        reply.raw.once('close', () => gone.abort());
        try {
          takeLonger(request);
          const { files, close } = await receiveFiles(request.raw, transferFolder(services), file);
          const order = { files, format: format === 'auto' ? null : format, dryRun, signal: gone.signal };
          return await turnstile.read(() => runImport(services, asker, order)).finally(close);
        } finally {
          leave();
        }
      },
    );
  });
}
