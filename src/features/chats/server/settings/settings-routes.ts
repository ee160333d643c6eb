import { z } from 'zod';
import { Id } from '#fields';
import type { App } from '#platform/http/app.ts';
import { principalOf } from '#platform/http/principal.ts';
import type { Services } from '#platform/services.ts';
import { ChatSettings, NewChatPlace } from '../../chat-settings.ts';
import { chatFor } from '../access.ts';
import { readChatSettings, readNewChatSettings } from './read-settings.ts';

/** Adds what will be used in a chat, or in one that begins, and why. */
export function addChatSettingsRoutes(app: App, { db }: Services): void {
  app.get(
    '/api/v1/settings',
    {
      config: { access: 'user', scope: 'chat' },
      schema: {
        tags: ['Chats'],
        summary: 'Read what a chat that begins now is answered with, and which layer says so',
        querystring: NewChatPlace,
        response: { 200: ChatSettings },
      },
    },
    (request) => readNewChatSettings(db.$client, principalOf(request), request.query),
  );

  app.get(
    '/api/v1/chats/:chatId/settings',
    {
      config: { access: 'user', scope: 'chat' },
      schema: {
        tags: ['Chats'],
        summary: 'Read what your next reply in a chat is made with, and which layer says so',
        params: z.object({ chatId: Id }),
        response: { 200: ChatSettings },
      },
    },
    async (request) => {
      const asker = principalOf(request);
      const chat = await chatFor(db.$client, asker, request.params.chatId, 'read');
      return readChatSettings(db.$client, asker, chat);
    },
  );
}
