/** The HTTP and WebSocket routes of sending, following, stopping and retrying. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Chat, FirstMessage, Id, Message, NewMessage } from '#features/chats/chats.ts';
import { presentChat, presentMessage } from '#features/chats/server/index.ts';
import { addSocketRoutes } from '#features/chats/server/live/socket-routes.ts';
import { presentSaved } from '#features/chats/server/present-saved.ts';
import { retryGeneration } from '#features/chats/server/retry-generation.ts';
import { type Sent, sendMessage } from '#features/chats/server/send-message.ts';
import type { App } from '#platform/http/app.ts';
import { principalOf } from '#platform/http/principal.ts';
import { Generation } from '../generations.ts';
import { generationFor } from './generation-for.ts';
import { logQueued } from './log-queued.ts';
import { placeOf, presentGeneration } from './present-generation.ts';
import { cancelGeneration } from './run/cancel-generation.ts';
import type { GenerationsRuntime } from './runtime.ts';
import { placeFrom, streamEvents } from './stream/sse.ts';

const Accepted = z.object({ message: Message, reply: Message, generation: Generation });
const tags = ['Generations'];
const byChat = z.object({ chatId: Id });
const byGeneration = z.object({ generationId: Id });
const access = 'user' as const;

/** Adds the routes to `app`. */
export function addGenerationRoutes(app: App, runtime: GenerationsRuntime): void {
  const { services, delivery } = runtime;
  const { db } = services;

  app.post(
    '/api/v1/chats/:chatId/messages',
    {
      config: { access },
      schema: {
        tags: ['Messages'],
        summary: 'Send a message and have it answered',
        description:
          'With `Accept: text/event-stream` the answer is the event stream of the reply; else 202.',
        params: byChat,
        body: NewMessage,
        response: { 202: Accepted },
      },
    },
    async (request, reply) => {
      runtime.assertOpen();
      const { userId } = principalOf(request);
      const target = { chatId: request.params.chatId };
      const sent = await sendMessage(services, userId, target, request.body, originOf(request));
      return answerSent(request, reply, sent, {});
    },
  );

  app.post(
    '/api/v1/messages',
    {
      config: { access },
      schema: {
        tags: ['Messages'],
        summary: 'Send the first message of a new chat',
        description:
          'Makes the chat and sends in one transaction. Answers as sending does; the 202 also has `chat`.',
        body: FirstMessage,
        response: { 202: Accepted.extend({ chat: Chat }) },
      },
    },
    async (request, reply) => {
      runtime.assertOpen();
      const { userId } = principalOf(request);
      const { chat, message } = request.body;
      const sent = await sendMessage(services, userId, { newChat: chat }, message, originOf(request));
      return answerSent(request, reply, sent, { chat: presentChat(sent.chat) });
    },
  );

  app.get(
    '/api/v1/generations/:generationId',
    {
      config: { access },
      schema: { tags, summary: 'One generation', params: byGeneration, response: { 200: Generation } },
    },
    async (request) => {
      const row = await generationFor(db, principalOf(request).userId, request.params.generationId);
      return presentGeneration(row, await placeOf(db.$client, row));
    },
  );

  app.get(
    '/api/v1/generations/:generationId/events',
    {
      config: { access },
      schema: {
        tags,
        summary: 'Follow a generation as Server-Sent Events',
        description:
          '`Last-Event-ID` resumes; 204 when the last event was had already. See the stream contract.',
        params: byGeneration,
      },
    },
    async (request, reply) => {
      const { userId } = principalOf(request);
      const { id } = await generationFor(db, userId, request.params.generationId);
      const after = placeFrom(request.headers['last-event-id'], id);
      await streamEvents(reply, delivery, { generationId: id, after, untilRevoked: watcher(request) });
      return reply;
    },
  );

  app.post(
    '/api/v1/generations/:generationId/cancel',
    {
      config: { access },
      schema: {
        tags,
        summary: 'Stop a generation',
        description: 'Idempotent; answers with the generation in its final state.',
        params: byGeneration,
        response: { 200: Generation },
      },
    },
    async (request) =>
      presentGeneration(
        await cancelGeneration(services, principalOf(request).userId, request.params.generationId),
        null,
      ),
  );

  app.post(
    '/api/v1/generations/:generationId/retry',
    {
      config: { access },
      schema: {
        tags,
        summary: 'Try again what did not complete',
        description: 'Writes a sibling reply. Answers with 202 or, as sending does, with the event stream.',
        params: byGeneration,
        response: { 202: Accepted.omit({ message: true }) },
      },
    },
    async (request, reply) => {
      runtime.assertOpen();
      const { userId } = principalOf(request);
      const made = await retryGeneration(services, userId, request.params.generationId, originOf(request));
      logQueued(request.log, made.generation);
      if (wantsStream(request)) {
        const generationId = made.generation.id;
        await streamEvents(reply, delivery, { generationId, after: 0, untilRevoked: watcher(request) });
        return reply;
      }
      const generation = presentGeneration(made.generation, await placeOf(db.$client, made.generation));
      return reply.status(202).send({ reply: presentMessage(made.reply), generation });
    },
  );

  addSocketRoutes(app, runtime);

  const watcher = (request: FastifyRequest) => (close: () => void) =>
    runtime.watchPrincipal(principalOf(request), close);

  async function answerSent(request: FastifyRequest, reply: FastifyReply, sent: Sent, more: object) {
    if (sent.created) logQueued(request.log, sent.generation);
    if (wantsStream(request)) {
      await streamEvents(reply, delivery, {
        generationId: sent.generation.id,
        after: 0,
        saved: presentSaved(sent),
        untilRevoked: watcher(request),
      });
      return reply;
    }
    const generation = presentGeneration(sent.generation, await placeOf(db.$client, sent.generation));
    return reply.status(202).send({ ...more, ...presentSaved(sent), generation });
  }
}

const wantsStream = (request: FastifyRequest): boolean =>
  (request.headers.accept ?? '').toLowerCase().includes('text/event-stream');

/** Which program asked, for the ledger: `x-parley-client`, else a browser or a program by how it proved itself. */
function originOf(request: FastifyRequest): { client: string } {
  const named = String(request.headers['x-parley-client'] ?? '');
  if (/^[a-z0-9-]{1,32}$/.test(named)) return { client: named };
  return { client: request.principal?.via.kind === 'api-key' ? 'api' : 'web' };
}
