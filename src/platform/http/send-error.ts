/** Answers whatever went wrong: in our shape, or below some addresses in that of the interface they belong to. */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { type AppError, notFound } from '#platform/errors.ts';
import { say } from '../say.ts';
import type { App, SendError } from './app.ts';
import { isFault, toAppError } from './errors.ts';

/** Errors of `/prefix` and of everything below it, unknown addresses included, are sent by `send` from now on. */
export function answerErrorsBelow(app: App, prefix: string, send: SendError): void {
  app.errorShapes.push({ prefix, send });
}

/** The one way an error is answered. */
export async function sendError(
  app: App,
  error: FastifyError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  // Node has given the connection of an upgrade away by now, and would never close it.
  if (request.headers.upgrade !== undefined) reply.raw.once('finish', () => request.raw.socket.destroySoon());
  const path = request.url.split('?', 1)[0]!;
  const foreign = app.errorShapes.find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`));
  return (foreign?.send ?? sendOwn)(error, request, reply);
}

const sendOwn: SendError = (error, request, reply) => {
  const answer = toAppError(error);
  if (isFault(error, answer)) request.log.error({ err: error }, 'a request failed');
  if (answer.retryAt)
    reply.header('retry-after', Math.max(1, Math.ceil((answer.retryAt.getTime() - Date.now()) / 1000)));
  return reply.status(answer.status).send({ error: answer.body() });
};

/** What an address without a route is told. */
export const nothingHere = (): AppError => notFound(say('nothing_here'));
