/** A chat's own instructions, and what a model was told for one of its replies. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { chatOwner, mountContext } from '#features/contexts/server/index.ts';
import { rebuildContext } from '#features/generations/server/index.ts';
import { ToldContext } from '#features/generations/told-context.ts';
import { Id } from '#fields';
import { notFound } from '#platform/errors.ts';
import type { App } from '#platform/http/app.ts';
import { principalOf } from '#platform/http/principal.ts';
import type { Services } from '#platform/services.ts';
import { audienceOf, chatFor, findMessage, lockChat } from './access.ts';
import { say } from './say.ts';

const config = { access: 'user', scope: 'chat' } as const;

/** Adds the routes to `app`. */
export function addChatContextRoutes(app: App, services: Services): void {
  const { db } = services;
  const chatId = (request: FastifyRequest) => (request.params as { chatId: string }).chatId;

  mountContext(app, services, {
    path: '/api/v1/chats/:chatId',
    what: "a chat's instructions",
    tags: ['Chats'],
    config,
    params: { chatId: Id },
    toRead: async (from, request) =>
      chatOwner((await chatFor(from, principalOf(request), chatId(request), 'read')).id),
    toWrite: async (tx, request) => {
      const strength = 'no key update';
      const chat = await lockChat(tx, principalOf(request), chatId(request), 'write', { strength });
      return { owner: chatOwner(chat.id), audience: audienceOf(chat) };
    },
  });

  app.get(
    '/api/v1/messages/:messageId/context',
    {
      config,
      schema: {
        tags: ['Messages'],
        summary: 'What a model was told for a reply, rebuilt and compared with its stamp',
        description: '404 until the reply has ended, and for what no model was asked for.',
        params: z.object({ messageId: Id }),
        response: { 200: ToldContext },
      },
    },
    async (request) => {
      const asker = principalOf(request);
      const message = await findMessage(db.$client, asker, request.params.messageId, 'read');
      if (!message) throw notFound(say('no_such_message'));
      return rebuildContext(db.$client, asker, message);
    },
  );
}
