/** The routes by which a reply comes about: sending, answering again, retrying. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Generation } from '#features/generations/generations.ts';
import {
  type GenerationsRuntime,
  logQueued,
  placeOf,
  presentGeneration,
  streamEvents,
} from '#features/generations/server/index.ts';
import type { UserMessageSaved } from '#features/generations/stream-events.ts';
import { Message } from '#features/messages/messages.ts';
import { presentBranch, presentMessage } from '#features/messages/server/index.ts';
import { Id } from '#fields';
import { invalidInput } from '#platform/errors.ts';
import type { App } from '#platform/http/app.ts';
import { principalOf } from '#platform/http/principal.ts';
import { Chat, FirstMessage, NewMessage, NewReply } from '../chats.ts';
import { KeptMessage } from '../outbox.ts';
import { addReply } from './add-reply.ts';
import { presentPlaced } from './outbox/present-item.ts';
import { type InTurn, sendInTurn } from './outbox/send-in-turn.ts';
import { sendItem } from './outbox/send-item.ts';
import { presentChat } from './present-chat.ts';
import { presentSaved } from './present-saved.ts';
import type { QueuedReply } from './queue-reply.ts';
import { retryGeneration } from './retry-generation.ts';
import { say } from './say.ts';
import type { Target } from './send-message.ts';
import type { SentSeveral } from './send-to-several.ts';

const Queued = z.object({ reply: Message, generation: Generation });
const Accepted = Queued.extend({ message: Message });
/** What a message to several models is answered with. */
const AcceptedSeveral = z.object({ message: Message, replies: z.array(Queued) });
const InNewChat = { chat: Chat };
const config = { access: 'user', scope: 'chat' } as const;
const tags = ['Messages'];
const STREAMS = 'With `Accept: text/event-stream` the answer is the event stream of the reply; else 202.';

/** Adds the routes to `app`. */
export function addSendRoutes(app: App, runtime: GenerationsRuntime): void {
  const { services } = runtime;

  app.post(
    '/api/v1/chats/:chatId/messages',
    {
      config,
      schema: {
        tags,
        summary: 'Send a message and have it answered, at once or after the reply that is being written',
        description: `${STREAMS} A message that waits is answered by 202 with \`outbox\`.`,
        params: z.object({ chatId: Id }),
        body: NewMessage,
        response: { 202: z.union([Accepted, AcceptedSeveral, KeptMessage]) },
      },
    },
    async (request, reply) => {
      return send(request, reply, { chatId: request.params.chatId }, request.body);
    },
  );

  app.post(
    '/api/v1/messages',
    {
      config,
      schema: {
        tags,
        summary: 'Send the first message of a new chat',
        description:
          'Makes the chat and sends in one transaction. Answers as sending does; the 202 also has `chat`.',
        body: FirstMessage,
        response: {
          202: z.union([
            Accepted.extend(InNewChat),
            AcceptedSeveral.extend(InNewChat),
            KeptMessage.extend(InNewChat),
          ]),
        },
      },
    },
    async (request, reply) => {
      const { chat, message } = request.body;
      return send(request, reply, { newChat: chat }, message);
    },
  );

  app.post(
    '/api/v1/outbox/:outboxId/send',
    {
      config,
      schema: {
        tags,
        summary: 'Send a waiting message now, or first when the reply that is being written has ended',
        description: `Your others in the chat go on after its reply. ${STREAMS} While a reply is written the answer is 202 with \`outbox\`.`,
        params: z.object({ outboxId: Id }),
        response: { 202: z.union([Accepted, AcceptedSeveral, KeptMessage]) },
      },
    },
    async (request, reply) => {
      assertOpen(request);
      const { outboxId } = request.params;
      const sent = await sendItem(services, principalOf(request), outboxId, originOf(request));
      return answerInTurn(request, reply, sent);
    },
  );

  app.post(
    '/api/v1/messages/:messageId/replies',
    {
      config,
      schema: {
        tags,
        summary: 'Have a message answered again, or an unfinished reply to it continued',
        description: `Writes a sibling reply, which becomes the leaf. ${STREAMS}`,
        params: z.object({ messageId: Id }),
        body: NewReply.nullish(),
        response: { 202: Queued },
      },
    },
    async (request, reply) => {
      assertOpen(request);
      const { messageId } = request.params;
      const made = await addReply(
        services,
        principalOf(request),
        messageId,
        request.body ?? {},
        originOf(request),
      );
      return answer(request, reply, made);
    },
  );

  app.post(
    '/api/v1/generations/:generationId/retry',
    {
      config,
      schema: {
        tags: ['Generations'],
        summary: 'Try again what did not complete',
        description: `Writes a sibling reply, by the model that was asked before. ${STREAMS}`,
        params: z.object({ generationId: Id }),
        response: { 202: Queued },
      },
    },
    async (request, reply) => {
      assertOpen(request);
      const { generationId } = request.params;
      const made = await retryGeneration(services, principalOf(request), generationId, originOf(request));
      return answer(request, reply, { ...made, created: true });
    },
  );

  /** Refuses what could not be followed to its end, before anything is stored. */
  function assertOpen(request: FastifyRequest): void {
    runtime.assertOpen();
    if (wantsStream(request)) runtime.openStreams.assertRoom(principalOf(request));
  }

  async function send(request: FastifyRequest, reply: FastifyReply, target: Target, message: NewMessage) {
    if (message.modelIds && wantsStream(request)) throw invalidInput('modelIds', say('several_not_streamed'));
    assertOpen(request);
    const sent = await sendInTurn(services, principalOf(request), target, message, originOf(request));
    return answerInTurn(request, reply, sent, 'newChat' in target ? { chat: presentChat(sent.chat) } : {});
  }

  /** What waits is told as it is, also to who wanted a stream: nothing is written yet. */
  async function answerInTurn(
    request: FastifyRequest,
    reply: FastifyReply,
    { sent, item }: InTurn,
    more: object = {},
  ) {
    if (item) {
      const outbox = await presentPlaced(services.db.$client, principalOf(request), item);
      return reply.status(202).send({ ...more, outbox });
    }
    const [first, ...others] = sent.replies;
    if (others.length > 0) return answerSeveral(request, reply, sent, more);
    const one = { ...sent, ...first! };
    return answer(request, reply, one, presentSaved(one), more);
  }

  async function answerSeveral(
    request: FastifyRequest,
    reply: FastifyReply,
    sent: SentSeveral,
    more: object,
  ) {
    const { $client } = services.db;
    const rows = sent.replies.map((made) => made.reply);
    const shown = await presentBranch($client, principalOf(request), sent.chat, rows);
    const replies = [];
    for (const [place, { generation }] of sent.replies.entries()) {
      if (sent.created) logQueued(request.log, generation);
      const inLine = await placeOf($client, generation);
      replies.push({ reply: shown[place]!, generation: presentGeneration(generation, inLine) });
    }
    return reply.status(202).send({ ...more, message: presentMessage(sent.chat, sent.message), replies });
  }

  /** The stream, for who wants it, else 202 with what was made; `more` is what the 202 has besides. */
  async function answer(
    request: FastifyRequest,
    reply: FastifyReply,
    made: Pick<QueuedReply, 'chat' | 'reply' | 'generation'> & { created: boolean },
    saved?: UserMessageSaved,
    more: object = {},
  ) {
    if (made.created) logQueued(request.log, made.generation);
    if (wantsStream(request)) {
      await streamEvents(reply, runtime.delivery, {
        userId: principalOf(request).userId,
        generationId: made.generation.id,
        after: 0,
        ...(saved && { saved }),
        untilRevoked: (close) => runtime.openStreams.watch(principalOf(request), close),
      });
      return reply;
    }
    const place = await placeOf(services.db.$client, made.generation);
    const generation = presentGeneration(made.generation, place);
    const [shown] = saved
      ? [saved.reply]
      : await presentBranch(services.db.$client, principalOf(request), made.chat, [made.reply]);
    return reply.status(202).send({ ...more, ...saved, reply: shown, generation });
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
