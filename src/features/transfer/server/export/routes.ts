/** Chats on their way out. */
import type { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { chatFor } from '#features/chats/server/index.ts';
import { Id } from '#fields';
import { notFound } from '#platform/errors.ts';
import type { App } from '#platform/http/app.ts';
import { attachment } from '#platform/http/attachment.ts';
import { languageOf } from '#platform/http/language-of.ts';
import { principalOf } from '#platform/http/principal.ts';
import { createPlaces } from '#platform/places.ts';
import type { Services } from '#platform/services.ts';
import type { ListFormat } from '../../rules.ts';
import { ChatExportQuery, ChosenExport, ListExportQuery } from '../../transfer.ts';
import { say } from '../say.ts';
import { safeName } from './file-name.ts';
import { readHead } from './read-head.ts';
import { exportChat, exportChats, exportChosen } from './send-export.ts';

const config = { access: 'user', scope: 'chat' } as const;
const tags = ['Transfer'];

const TYPES = {
  json: 'application/json; charset=utf-8',
  jsonl: 'application/x-ndjson; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  html: 'text/html; charset=utf-8',
  zip: 'application/zip',
} as const;

/** Web pages that are drawn at a time: each takes a thread. */
const MOST_DRAWN = 2;

/** Adds `/api/v1/chats/export`, by a filter and by ids, and `/api/v1/chats/{id}/export`. */
export function addExportRoutes(app: App, services: Services): void {
  const { db, log } = services;
  const drawing = createPlaces(MOST_DRAWN);

  const sendMany = (reply: FastifyReply, format: ListFormat, file: Readable) => {
    file.on('error', (error) => log.warn({ err: error }, 'an export of chats broke off'));
    const day = new Date().toISOString().slice(0, 10);
    return send(reply, format, `parley-chats-${day}.${format}`, file);
  };

  app.get(
    '/api/v1/chats/export',
    {
      config,
      schema: {
        tags,
        summary: 'All chats that a filter finds, as one file however large they are',
        description:
          'The filter is that of the list of chats. `jsonl`: a record `parley.chat/1` on each line; `zip`: a file each; `md`: their shown branches to read.',
        querystring: ListExportQuery,
      },
    },
    async (request, reply) => {
      const { format } = request.query;
      const language = request.query.language ?? languageOf(request);
      return sendMany(reply, format, exportChats(services, principalOf(request), request.query, language));
    },
  );

  app.post(
    '/api/v1/chats/export',
    {
      config,
      schema: {
        tags,
        summary: 'Chosen chats as one file, by their ids',
        description:
          'For more ids than an address can hold. Formats as for a filter; ids of chats that the asker may not read are left out.',
        body: ChosenExport,
      },
    },
    async (request, reply) => {
      const { ids, format } = request.body;
      const language = request.body.language ?? languageOf(request);
      return sendMany(reply, format, exportChosen(services, principalOf(request), ids, format, language));
    },
  );

  app.get(
    '/api/v1/chats/:chatId/export',
    {
      config,
      schema: {
        tags,
        summary:
          'One chat as a file: the record parley.chat/1 with nothing lost, or its shown branch to read',
        params: z.object({ chatId: Id }),
        querystring: ChatExportQuery,
      },
    },
    async (request, reply) => {
      const asker = principalOf(request);
      const { format } = request.query;
      const { id } = await chatFor(db.$client, asker, request.params.chatId, 'read');
      const head = await readHead(db.$client, id);
      if (!head) throw notFound(say('not_exported'));
      const language = request.query.language ?? languageOf(request);
      const file = exportChat(services, asker, id, format, language, drawing);
      file.on('error', (error) => log.warn({ err: error, chatId: id }, 'an export of a chat broke off'));
      return send(reply, format, `${safeName(head.title, `chat ${id}`)}.${format}`, file);
    },
  );
}

function send(reply: FastifyReply, format: keyof typeof TYPES, name: string, file: object): FastifyReply {
  return reply
    .header('content-disposition', attachment(name))
    .header('x-content-type-options', 'nosniff')
    .type(TYPES[format])
    .send(file as never);
}
