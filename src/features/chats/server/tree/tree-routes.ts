/** The routes by which people change the tree of a chat: one message each, and the overview of all. */
import { z } from 'zod';
import { repliesInWork } from '#features/generations/server/index.ts';
import { Message, MessagePatch, TreeNode } from '#features/messages/messages.ts';
import { NewPreference, NewRating, Preference, Rating } from '#features/messages/opinions.ts';
import { readTree } from '#features/messages/server/index.ts';
import { cleanText, Id } from '#fields';
import { notFound } from '#platform/errors.ts';
import type { App } from '#platform/http/app.ts';
import { principalOf } from '#platform/http/principal.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import { Chat, MessageEdit } from '../../chats.ts';
import { TITLE_MAX } from '../../rules.ts';
import { chatFor } from '../access.ts';
import { findShown } from '../find-shown.ts';
import { presentChat } from '../present-chat.ts';
import { say } from '../say.ts';
import { deleteMessage, restoreMessage } from './delete-message.ts';
import { editMessage } from './edit-message.ts';
import { forkChat } from './fork-chat.ts';
import { patchMessage, rateReply } from './patch-message.ts';
import { preferReply } from './prefer-reply.ts';

const MESSAGE = '/api/v1/messages/:messageId';
const REPLY = '/api/v1/messages/:replyId';
const config = { access: 'user', scope: 'chat' } as const;
const tags = ['Messages'];
const params = z.object({ messageId: Id });
const byReply = z.object({ replyId: Id });

/** Adds the routes to `app`. */
export function addTreeRoutes(app: App, services: Services): void {
  addMessageRoutes(app, services);
  addReplyRoutes(app, services);

  app.get(
    '/api/v1/chats/:chatId/tree',
    {
      config,
      schema: {
        tags: ['Chats'],
        summary: 'Read an overview of all messages of a chat, on every branch, oldest first',
        params: z.object({ chatId: Id }),
        response: { 200: z.object({ nodes: z.array(TreeNode) }) },
      },
    },
    async (request, reply) => {
      const { $client } = services.db;
      const chat = await chatFor($client, principalOf(request), request.params.chatId, 'read');
      const inWork = await repliesInWork($client, chat.id);
      const states = new Map(inWork.map(({ generationId, state }) => [generationId, state]));
      const nodes = await readTree($client, chat.id, states);
      return reply.type('application/json; charset=utf-8').send(Buffer.from(`{"nodes":${nodes}}`) as never);
    },
  );
}

/** What can be done to any message. */
function addMessageRoutes(app: App, services: Services): void {
  app.patch(
    MESSAGE,
    {
      config,
      schema: {
        tags,
        summary: 'Leave a message out of what models are told, or take it in again; or change its metadata',
        params,
        body: MessagePatch,
        response: { 200: Message },
      },
    },
    async (request) => {
      const asker = principalOf(request);
      await patchMessage(services, asker, request.params.messageId, request.body);
      return shown(services, asker, request.params.messageId);
    },
  );

  app.delete(
    MESSAGE,
    {
      config,
      schema: {
        tags,
        summary: 'Delete one message; what follows it stays, and for a day it can be restored',
        params,
        response: { 204: z.null().describe('It is deleted.') },
      },
    },
    async (request, reply) => {
      await deleteMessage(services, principalOf(request), request.params.messageId);
      return reply.status(204).send(null);
    },
  );

  app.post(
    `${MESSAGE}/restore`,
    {
      config,
      schema: {
        tags,
        summary: 'Undo the deletion of a message, within a day',
        params,
        response: { 200: Message },
      },
    },
    async (request) => {
      const asker = principalOf(request);
      await restoreMessage(services, asker, request.params.messageId);
      return shown(services, asker, request.params.messageId);
    },
  );

  app.post(
    `${MESSAGE}/edit`,
    {
      config,
      schema: {
        tags,
        summary: 'Rewrite a message; the new one stands beside it as the leaf, and nothing answers it yet',
        params,
        body: MessageEdit,
        response: { 201: Message },
      },
    },
    async (request, reply) => {
      const asker = principalOf(request);
      const id = await editMessage(services, asker, request.params.messageId, request.body);
      return reply.status(201).send(await shown(services, asker, id));
    },
  );

  app.post(
    `${MESSAGE}/fork`,
    {
      config,
      schema: {
        tags,
        summary: 'Make a chat with a copy of the branch up to a message',
        params,
        body: z.object({ title: cleanText(TITLE_MAX).optional() }).nullish(),
        response: { 201: Chat },
      },
    },
    async (request, reply) => {
      const { messageId } = request.params;
      const chat = await forkChat(services, principalOf(request), messageId, request.body?.title);
      return reply.status(201).send(presentChat(chat));
    },
  );
}

/** What can be done to replies. */
function addReplyRoutes(app: App, services: Services): void {
  app.put(
    `${REPLY}/rating`,
    {
      config,
      schema: {
        tags,
        summary: 'Say what you think of a reply; it is shown to you, to admins and to the lab',
        params: byReply,
        body: NewRating,
        response: { 200: Rating },
      },
    },
    (request) => rateReply(services, principalOf(request), request.params.replyId, request.body),
  );

  app.post(
    '/api/v1/messages/:userMessageId/prefer',
    {
      config,
      schema: {
        tags,
        summary: 'Say which of several replies to a message you prefer, and go on with it',
        params: z.object({ userMessageId: Id }),
        body: NewPreference,
        response: { 201: Preference },
      },
    },
    async (request, reply) => {
      const { userMessageId } = request.params;
      const preference = await preferReply(services, principalOf(request), userMessageId, request.body);
      return reply.status(201).send(preference);
    },
  );
}

/** The message as it is now; 404 when it went meanwhile. */
async function shown({ db }: Services, asker: Principal, messageId: string): Promise<Message> {
  const message = await findShown(db.$client, asker, messageId);
  if (!message) throw notFound(say('no_such_message'));
  return message;
}
