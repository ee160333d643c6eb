import { z } from 'zod';
import { Chat } from '#features/chats/chats.ts';
import { presentChat } from '#features/chats/server/index.ts';
import { Id } from '#fields';
import { AppError } from '#platform/errors.ts';
import type { App } from '#platform/http/app.ts';
import { publicAddressOf } from '#platform/http/own-address.ts';
import { principalOf } from '#platform/http/principal.ts';
import type { Services } from '#platform/services.ts';
import { MadeShare, NewCopy, NewShare, Share, SharedChat } from '../sharing.ts';
import { findShared, findSharedText, holds } from './access.ts';
import { copyShared } from './copy-shared.ts';
import { createShare } from './create-share.ts';
import { findByLink } from './find-by-link.ts';
import { listShares } from './list-shares.ts';
import { revokeShare } from './revoke-share.ts';

const SHARES = '/api/v1/chats/:chatId/shares';
const SHARED = '/api/v1/shares/:token';
const config = { access: 'user', scope: 'chat' } as const;
const tags = ['Sharing'];
const ofChat = z.object({ chatId: Id });
const ofShare = ofChat.extend({ shareId: Id });
/** Any text: what is no token leads nowhere, as an unknown one does. */
const byToken = z.object({ token: z.string() });
/** For those who keep lists of what is on the web: not this. */
const NOT_FOR_LISTS = { 'x-robots-tag': 'noindex, nofollow' };

/** Adds links to copies of chats: making and withdrawing them, and what is there for who has one. */
export function addSharingRoutes(app: App, services: Services): void {
  addOwnRoutes(app, services);
  addLinkRoutes(app, services);
}

/** For who may manage the chat. */
function addOwnRoutes(app: App, services: Services): void {
  app.post(
    SHARES,
    {
      config,
      schema: {
        tags,
        summary:
          'Make a link by which anybody reads a copy of the shown branch as it is now; it is shown this once',
        params: ofChat,
        body: NewShare.nullish(),
        response: { 201: MadeShare },
      },
    },
    async (request, reply) => {
      const { chatId } = request.params;
      const { token, ...share } = await createShare(
        services,
        principalOf(request),
        chatId,
        request.body ?? {},
      );
      const url = `${publicAddressOf(request, services.config)}/s/${token}`;
      return reply.status(201).send({ ...share, url });
    },
  );

  app.get(
    SHARES,
    {
      config,
      schema: {
        tags,
        summary: 'List the links to a chat that hold, newest first',
        params: ofChat,
        response: { 200: z.object({ items: z.array(Share), nextCursor: z.null() }) },
      },
    },
    async (request) => ({
      items: await listShares(services.db.$client, principalOf(request), request.params.chatId),
      nextCursor: null,
    }),
  );

  app.delete(
    `${SHARES}/:shareId`,
    {
      config,
      schema: {
        tags,
        summary: 'Withdraw a link; there is nothing at it from now on',
        params: ofShare,
        response: { 204: z.null().describe('It is withdrawn.') },
      },
    },
    async (request, reply) => {
      const { chatId, shareId } = request.params;
      await revokeShare(services, principalOf(request), chatId, shareId);
      return reply.status(204).send(null);
    },
  );
}

/** For who has a link, whoever they are: nothing here looks at a cookie but copying, which makes something of theirs. */
function addLinkRoutes(app: App, services: Services): void {
  app.get(
    SHARED,
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'Read what a link shows',
        params: byToken,
        response: { 200: SharedChat },
      },
    },
    async (request, reply) => {
      reply.headers(NOT_FOR_LISTS);
      const { token } = request.params;
      const { title, messages, createdAt, expiresAt } = await findByLink(services, request, (db) =>
        findSharedText(db, token),
      );
      const head = { title, createdAt: createdAt.toISOString(), expiresAt: expiresAt?.toISOString() ?? null };
      // They were looked at when they were copied. Up to eight mebibytes, read and written anew for each reader of a link that a class
      // was given, would hold up everybody else.
      const text = `${JSON.stringify(head).slice(0, -1)},"messages":${messages}}`;
      return reply.type('application/json; charset=utf-8').send(Buffer.from(text) as never);
    },
  );

  app.post(
    `${SHARED}/copy`,
    {
      config,
      schema: {
        tags,
        summary: 'Make a chat of your own of what a link shows; the same id again finds the same chat',
        params: byToken,
        body: NewCopy.nullish(),
        response: { 201: Chat },
      },
    },
    async (request, reply) => {
      const { token } = request.params;
      const shared = await findByLink(services, request, (db) => findShared(db, token));
      const chat = await copyShared(services, principalOf(request), shared, request.body ?? {});
      return reply.status(201).send(presentChat(chat));
    },
  );

  app.get(
    '/s/:token',
    { config: { access: 'public' }, schema: { hide: true, params: byToken } },
    async (request, reply) => {
      reply.headers(NOT_FOR_LISTS);
      const { token } = request.params;
      // The page says itself what is wrong.
      const status = await findByLink(services, request, (db) => holds(db, token)).then(
        () => 200,
        (error: unknown) => {
          if (error instanceof AppError) return error.status;
          throw error;
        },
      );
      return reply.sendPublicPage(status);
    },
  );
}
