/** The two WebSocket routes: one chat, and everything of a user. */
import type { FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import { z } from 'zod';
import type { GenerationsRuntime } from '#features/generations/server/index.ts';
import { Id } from '#fields';
import type { App } from '#platform/http/app.ts';
import { countOpen } from '#platform/http/count-open.ts';
import { principalOf } from '#platform/http/principal.ts';
import { addSocketRoute } from '#platform/http/socket-route.ts';
import { chatFor } from '../access.ts';
import { serveSocket } from './live-socket.ts';
import { watchMemberships } from './watch-memberships.ts';

/** Close code: the session or key that opened the socket is no longer good. */
const SIGNED_OUT = 4401;
/** Tabs and devices of one user at one process; more is a mistake or an attack. Close code: policy. */
const MAX_SOCKETS_PER_USER = 100;
const TOO_MANY = 1008;

const tags = ['Generations'];
const byChat = z.object({ chatId: Id });

/** Adds the routes to `app`. */
export function addSocketRoutes(app: App, { services, delivery, watchPrincipal }: GenerationsRuntime): void {
  const memberships = watchMemberships(services);
  app.addHook('onClose', memberships.close);
  const open = countOpen(services.config.rateLimits ? MAX_SOCKETS_PER_USER : Number.POSITIVE_INFINITY);

  function serve(socket: WebSocket, request: FastifyRequest, chatId: string | null): void {
    const principal = principalOf(request);
    const leave = open.enter(principal.userId);
    if (!leave) {
      socket.close(TOO_MANY, 'too many connections of one user');
      return;
    }
    const stopWatching = watchPrincipal(principal, () => socket.close(SIGNED_OUT, 'signed out'));
    socket.once('close', () => {
      stopWatching();
      leave();
    });
    const { countWrite } = app;
    serveSocket(socket, {
      services,
      delivery,
      countWrite,
      memberships,
      asker: principal,
      chatId,
      log: request.log,
    });
  }

  addSocketRoute(app, {
    url: '/api/v1/chats/:chatId/stream',
    access: 'user',
    scope: 'chat',
    schema: { tags, summary: 'WebSocket: one chat, both ways', params: byChat },
    // After the address was checked: what is not even an id is nobody's chat.
    async check(request) {
      await chatFor(services.db.$client, principalOf(request), chatIdOf(request), 'read');
    },
    serve: (socket, request) => serve(socket, request, chatIdOf(request)),
  });
  addSocketRoute(app, {
    url: '/api/v1/live',
    access: 'user',
    scope: 'chat',
    schema: { tags, summary: 'WebSocket: everything of this user' },
    serve: (socket, request) => serve(socket, request, null),
  });
}

const chatIdOf = (request: FastifyRequest): string => (request.params as { chatId: string }).chatId;
