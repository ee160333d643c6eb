/** Routes that are WebSockets: a plain request to one is told so. */
import type { IncomingMessage } from 'node:http';
import '@fastify/websocket';
import type { FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import { AppError } from '#platform/errors.ts';
import { say } from '../say.ts';
import type { Access, App, RouteSchema, Scope } from './app.ts';
import { nothingHere } from './send-error.ts';

type SocketRoute = {
  url: string;
  access: Access;
  scope: Scope;
  schema: RouteSchema & { tags: string[]; summary: string };
  /** Refuses, by throwing, before the connection is made. */
  check?(request: FastifyRequest): Promise<void>;
  serve(socket: WebSocket, request: FastifyRequest): void;
};

/** Adds one. Who does not ask for an upgrade gets 426, after the same checks as everybody. */
export function addSocketRoute(app: App, { url, access, scope, schema, check, serve }: SocketRoute): void {
  app.route({
    method: 'GET',
    url,
    config: { access, scope },
    schema,
    ...(check && { preHandler: check }),
    handler: async (_request, reply) => {
      reply.header('upgrade', 'websocket');
      throw new AppError('upgrade_required', say('websocket_only'));
    },
    wsHandler: serve,
  });
}

/** Refuses, with 404, to open a WebSocket at an address that is none. Call it once the sockets' plugin is there. */
export function refuseStraySockets(app: App): void {
  const sockets = new Set<string>();
  app.addHook('onRoute', ({ url, wsHandler }) => void (wsHandler && sockets.add(url)));
  app.addHook('preHandler', async ({ ws, routeOptions }) => {
    if (ws && !sockets.has(routeOptions.url ?? '')) throw nothingHere();
  });
}

/** Only WebSockets are upgraded to; who offers HTTP/2 besides, as many libraries do, is answered as if they had not. */
export const isSocketRequest = ({ headers }: IncomingMessage): boolean =>
  headers.upgrade?.toLowerCase() === 'websocket';
