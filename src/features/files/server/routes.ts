import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Id, page } from '#fields';
import { invalidInput } from '#platform/errors.ts';
import type { App } from '#platform/http/app.ts';
import { takeLonger } from '#platform/http/long-body.ts';
import { principalOf } from '#platform/http/principal.ts';
import type { Services } from '#platform/services.ts';
import { FilesQuery, StoredFile } from '../files.ts';
import { fileFor } from './access.ts';
import { deleteFile } from './delete-file.ts';
import { listFiles } from './list-files.ts';
import { presentFile } from './present-file.ts';
import { say } from './say.ts';
import { CONTENT_POLICY, sendContent } from './send-content.ts';
import { storeFiles } from './store-files.ts';

const FILES = '/api/v1/files';
const config = { access: 'user', scope: 'chat' } as const;
const tags = ['Files'];
const ofFile = z.object({ fileId: Id });
const LONGEST_NAME = 1_000;

/** Adds the files of whoever asks. */
export async function addFileRoutes(app: App, services: Services): Promise<void> {
  const { db } = services;
  await app.register(async (scoped) => addUploadRoute(scoped as App, services));

  app.get(
    FILES,
    {
      config,
      schema: {
        tags,
        summary: 'List your files, newest first',
        querystring: FilesQuery,
        response: { 200: page(StoredFile) },
      },
    },
    (request) => listFiles(services, principalOf(request), request.query),
  );

  app.get(
    `${FILES}/:fileId`,
    {
      config,
      schema: { tags, summary: 'What is known of a file', params: ofFile, response: { 200: StoredFile } },
    },
    async (request) =>
      presentFile(await fileFor(db.$client, principalOf(request), request.params.fileId, 'read')),
  );

  app.get(
    `${FILES}/:fileId/content`,
    {
      config: { ...config, contentSecurityPolicy: CONTENT_POLICY },
      schema: {
        tags,
        summary: 'The bytes of a file, or the part of them that `Range` names',
        params: ofFile,
      },
    },
    async (request, reply) => {
      const file = await fileFor(db.$client, principalOf(request), request.params.fileId, 'read');
      return sendContent(services, request, reply, file);
    },
  );

  app.delete(
    `${FILES}/:fileId`,
    { config, schema: { tags, summary: 'Delete a file', params: ofFile, response: { 204: z.null() } } },
    async (request, reply) => {
      await deleteFile(services, principalOf(request), request.params.fileId);
      return reply.status(204).send(null);
    },
  );
}

/** In a scope of its own, whose handler reads the body itself: piece by piece, whatever it says it is. */
function addUploadRoute(app: App, services: Services): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _body, done) => done(null));
  app.post(
    FILES,
    {
      config,
      schema: {
        tags,
        summary: 'Store files: one as the body, with its name as `X-File-Name`, or several in a form',
        description:
          'All of them are stored or none. What a file is, its bytes tell; its name and its Content-Type decide nothing.',
        consumes: ['application/octet-stream', 'multipart/form-data'],
        response: { 201: z.object({ items: z.array(StoredFile) }) },
      },
    },
    async (request, reply) => {
      takeLonger(request);
      const items = await storeFiles(services, principalOf(request), request.raw, givenName(request));
      return reply.status(201).send({ items });
    },
  );
}

/** The name of a body; 400 for a header that is no percent-encoded UTF-8. */
function givenName({ headers }: FastifyRequest): string {
  const given = headers['x-file-name'];
  if (given === undefined) return 'file';
  try {
    const name = decodeURIComponent(String(given));
    if (name.length <= LONGEST_NAME) return name;
  } catch {
    // Told below.
  }
  throw invalidInput('X-File-Name', say('file_name_broken'));
}
