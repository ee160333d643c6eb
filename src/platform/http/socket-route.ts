/** Routes that are WebSockets: a plain request to one is told so. */
import '@fastify/websocket';
import type { FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import { AppError } from '#platform/errors.ts';
import { say } from '../say.ts';
import type { Access, App, RouteSchema, Scope } from './app.ts';

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
