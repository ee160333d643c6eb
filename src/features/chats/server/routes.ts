import { z } from 'zod';
import type { GenerationsRuntime } from '#features/generations/server/index.ts';
import { BranchQuery, Message } from '#features/messages/messages.ts';
import { presentBranch } from '#features/messages/server/index.ts';
import { Id, page } from '#fields';
import { inTransaction } from '#platform/database/database.ts';
import { notFound } from '#platform/errors.ts';
import type { App } from '#platform/http/app.ts';
import { principalOf } from '#platform/http/principal.ts';
import type { Services } from '#platform/services.ts';
import { ChatFilter } from '../chat-filter.ts';
import { Chat, ChatPatch, ChatReplacement, NewChat } from '../chats.ts';
import { chatFor } from './access.ts';
import { changeChat, replaceChat } from './change-chat.ts';
import { addChatContextRoutes } from './context-routes.ts';
import { addChat } from './create-chat.ts';
import { deleteChat, undeleteChat } from './delete-chat.ts';
import { findShown } from './find-shown.ts';
import { listChats } from './list-chats.ts';
import { addSocketRoutes } from './live/socket-routes.ts';
import { addOrderRoutes } from './order/order-routes.ts';
import { addOutboxRoutes } from './outbox/outbox-routes.ts';
import { presentChat } from './present-chat.ts';
import { addProjectChatRoutes } from './project-routes.ts';
import { publishChat } from './publish-chat.ts';
import { readPage } from './read-page.ts';
import { say } from './say.ts';
import { addSendRoutes } from './send-routes.ts';
import { addChatSettingsRoutes } from './settings/settings-routes.ts';
import { addTreeRoutes } from './tree/tree-routes.ts';

const CHATS = '/api/v1/chats';
const CHAT = `${CHATS}/:chatId`;
const config = { access: 'user', scope: 'chat' } as const;
const tags = ['Chats'];
const params = z.object({ chatId: Id });

/** Adds everything about chats: the chats themselves, what makes them go on, their tree, and the sockets that tell of them. */
export function addChatRoutes(app: App, runtime: GenerationsRuntime): void {
  addOwnRoutes(app, runtime.services);
  addProjectChatRoutes(app, runtime.services);
  addOrderRoutes(app, runtime.services);
  addSendRoutes(app, runtime);
  addOutboxRoutes(app, runtime.services);
  addSocketRoutes(app, runtime);
  addTreeRoutes(app, runtime.services);
  addChatContextRoutes(app, runtime.services);
  addChatSettingsRoutes(app, runtime.services);
}

/** The chats of whoever asks: list, make, read, change, delete and restore, and the messages of the shown branch. */
function addOwnRoutes(app: App, services: Services): void {
  const { db } = services;

  app.get(
    CHATS,
    {
      config,
      schema: {
        tags,
        summary: 'List your chats, newest activity first',
        querystring: ChatFilter,
        response: { 200: page(Chat).extend({ total: z.int().optional() }) },
      },
    },
    async (request) => {
      const { items, ...more } = await listChats(db, principalOf(request), request.query);
      return { items: items.map(presentChat), ...more };
    },
  );

  app.post(
    CHATS,
    {
      config,
      schema: {
        tags,
        summary: 'Make a chat; the same id again finds the same chat',
        body: NewChat.nullish(),
        response: { 201: Chat },
      },
    },
    async (request, reply) => {
      const { chat, created } = await inTransaction(db, (tx) =>
        addChat(tx, services, principalOf(request), request.body ?? {}),
      );
      if (created) publishChat(services, chat);
      return reply.status(201).send(presentChat(chat));
    },
  );

  app.get(
    CHAT,
    { config, schema: { tags, summary: 'Read a chat', params, response: { 200: Chat } } },
    async (request) =>
      presentChat(await chatFor(db.$client, principalOf(request), request.params.chatId, 'read')),
  );

  app.patch(
    CHAT,
    {
      config,
      schema: {
        tags,
        summary: 'Change what is named of a chat, archive it, or move its shown branch',
        params,
        body: ChatPatch,
        response: { 200: Chat },
      },
    },
    async (request) =>
      presentChat(await changeChat(services, principalOf(request), request.params.chatId, request.body)),
  );

  app.put(
    CHAT,
    {
      config,
      schema: {
        tags,
        summary: 'Replace everything that may be written of a chat; what is missing returns to its default',
        params,
        body: ChatReplacement,
        response: { 200: Chat },
      },
    },
    async (request) =>
      presentChat(await replaceChat(services, principalOf(request), request.params.chatId, request.body)),
  );

  app.delete(
    CHAT,
    {
      config,
      schema: {
        tags,
        summary: 'Delete a chat; for a day it can be restored',
        params,
        response: { 204: z.null().describe('It is deleted.') },
      },
    },
    async (request, reply) => {
      await deleteChat(services, principalOf(request), request.params.chatId);
      return reply.status(204).send(null);
    },
  );

  app.post(
    `${CHAT}/restore`,
    {
      config,
      schema: {
        tags,
        summary: 'Undo the deletion of a chat, within a day',
        params,
        response: { 200: Chat },
      },
    },
    async (request) => presentChat(await undeleteChat(services, principalOf(request), request.params.chatId)),
  );

  app.get(
    `${CHAT}/messages`,
    {
      config,
      schema: {
        tags,
        summary: 'Read the shown branch, oldest message first within the page; nextCursor is the next before',
        description:
          'A page ends at `limit` messages or 2 MiB of content, whichever comes first. With `around` or `from` it may end above the leaf: `newerCursor` is the next `from`.',
        params,
        querystring: BranchQuery,
        response: { 200: page(Message).extend({ newerCursor: z.string().nullable().optional() }) },
      },
    },
    async (request) => {
      const chat = await chatFor(db.$client, principalOf(request), request.params.chatId, 'read');
      const { messages, nextBefore, nextFrom } = await readPage(db.$client, chat, request.query);
      return {
        items: await presentBranch(db.$client, principalOf(request), chat, messages),
        nextCursor: nextBefore,
        newerCursor: nextFrom,
      };
    },
  );

  app.get(
    '/api/v1/messages/:messageId',
    {
      config,
      schema: {
        tags: ['Messages'],
        summary: 'Read one message, on the shown branch or beside it',
        params: z.object({ messageId: Id }),
        response: { 200: Message },
      },
    },
    async (request) => {
      const message = await findShown(db.$client, principalOf(request), request.params.messageId);
      if (!message) throw notFound(say('no_such_message'));
      return message;
    },
  );
}
