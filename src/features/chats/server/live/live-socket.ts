/** The WebSocket protocol: what a client may say, and what it is told, for one chat or for everything of a user. */
import type { WebSocket } from 'ws';
import {
  cancelGeneration,
  type Delivery,
  generationFor,
  goingOn,
  logQueued,
} from '#features/generations/server/index.ts';
import { invalidInput, notFound } from '#platform/errors.ts';
import { isFault, toAppError } from '#platform/http/errors.ts';
import { newId } from '#platform/ids.ts';
import type { BusMessage } from '#platform/live-bus/live-bus.ts';
import type { Principal } from '#platform/principal.ts';
import { say as sayInGeneral } from '#platform/say.ts';
import type { Services } from '#platform/services.ts';
import { chatFor } from '../access.ts';
import type { GenerationCreated } from '../announce-reply.ts';
import { findShown } from '../find-shown.ts';
import { presentPlaced, readShownItem } from '../outbox/present-item.ts';
import type { OutboxSaved } from '../outbox/publish-item.ts';
import { sendInTurn } from '../outbox/send-in-turn.ts';
import { presentEachSaved, readSaved } from '../present-saved.ts';
import type { MessageSaved } from '../publish-message.ts';
import { say } from '../say.ts';
import { createConnection } from './connection.ts';
import { frameCounter } from './frame-rate.ts';
import { type FromClient, parseJson, readFrame, refOf } from './from-client.ts';
import { createHearing } from './hearing.ts';
import { tellNews, tellProject } from './tell-news.ts';
import { createTyping } from './typing.ts';
import type { MembershipWatch } from './watch-memberships.ts';

/** What one socket may have asked without an answer yet, and the close code (policy) for one that asks more. */
const MAX_UNANSWERED = 100;
const TOO_MUCH = 1008;
/** For the close code to arrive. */
const FLOODED_MS = 500;
/** Close code: what the socket is about is not there any more. */
const GONE = 4404;

export type LiveSocket = {
  services: Services;
  delivery: Delivery;
  /** Refuses a change that is one too many in its minute. */
  countWrite(userId: string): Promise<void>;
  memberships: MembershipWatch;
  asker: Principal;
  chatId: string | null;
  /** Of the request that opened it. */
  log: Pick<Services['log'], 'info' | 'warn'>;
};

/** Serves one socket until it closes. `chatId` null: everything of the user; authorise the chat before. */
export function serveSocket(
  socket: WebSocket,
  { services, delivery, countWrite, memberships, asker, chatId, log }: LiveSocket,
): void {
  const id = newId();
  const connection = createConnection(socket, delivery, asker.userId);
  const listener = { services, asker, chatId, connection };
  const report = (error: Error) =>
    log.warn({ err: error, userId: asker.userId }, 'a live connection missed something');
  const hearing = createHearing(services, asker.userId, (message) => void forward(message).catch(report));
  hearing.openChat(chatId);
  const stopWatching = memberships.watch(asker.userId, (ids) => void follow(ids).catch(report));
  const offGap = services.bus.onGap(() => void rejoin().catch(report));
  const typing = createTyping(services, asker);
  let answered = true;
  let unanswered = 0;
  let sending: Promise<unknown> = Promise.resolve();
  const ping = setInterval(() => {
    if (!answered) return socket.terminate();
    answered = false;
    socket.ping();
  }, services.clock.socketPingMs);
  socket.on('pong', () => {
    answered = true;
  });
  const counts = services.config.rateLimits ? frameCounter() : () => true;
  const flooded = () => {
    if (counts()) return false;
    socket.close(TOO_MUCH, 'too many frames a second');
    // Who goes on regardless is not read any more.
    socket.pause();
    setTimeout(() => socket.terminate(), FLOODED_MS).unref();
    return true;
  };
  socket.on('ping', flooded);
  socket.on('message', (data) => {
    if (flooded()) return;
    if (unanswered >= MAX_UNANSWERED) return socket.close(TOO_MUCH, 'too many messages at once');
    unanswered += 1;
    void receive(String(data)).finally(() => {
      unanswered -= 1;
    });
  });
  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    clearInterval(ping);
    stopWatching();
    hearing.close();
    offGap();
    connection.close();
  });

  connection.send('ready', { protocol: 1, userId: asker.userId });
  void hearing.refresh().catch(report);
  void joinWhatGoesOn().catch(report);

  /** Follows every generation that waits or runs, as a reader without a place. */
  async function joinWhatGoesOn(): Promise<void> {
    for (const running of await goingOn(services.db.$client, asker, chatId))
      if (!connection.follows(running)) await connection.follow(running, null);
  }

  /** Other processes' news may have been missed: the client reads its lists again, we what goes on. */
  async function rejoin(): Promise<void> {
    connection.send('resync', {});
    await hearing.refresh();
    await joinWhatGoesOn();
  }

  /** Says what has changed about the projects the user is in. */
  async function follow(projectIds: readonly string[]): Promise<void> {
    const { joined, left } = hearing.setProjects(projectIds);
    for (const projectId of [...joined, ...left]) if (await tellProject(listener, projectId)) closeGone();
  }

  const closeGone = () => socket.close(GONE, 'the chat is not there any more');

  async function forward(message: BusMessage): Promise<void> {
    if (message.type === 'gap') return rejoin();
    if (message.type === 'generation_created') return tellCreated(message as unknown as GenerationCreated);
    if (message.type === 'typing') return typing.pass(connection, message);
    if (message.type === 'message_saved') return tellSaved(message as unknown as MessageSaved);
    if (message.type === 'outbox_saved') return tellItem(message as unknown as OutboxSaved);
    if (message.type === 'project_changed') await hearing.refresh();
    if (await tellNews(listener, message)) closeGone();
  }

  async function tellCreated({ generationId, chatId: inChat, from }: GenerationCreated): Promise<void> {
    if (from === id || (chatId && inChat !== chatId)) return;
    const saved = await readSaved(services.db, asker, generationId);
    if (!saved) return;
    connection.send('user_message_saved', saved);
    if (!connection.follows(generationId)) await connection.follow(generationId, 0);
  }

  async function tellSaved({ messageId, chatId: inChat }: MessageSaved): Promise<void> {
    if (chatId && inChat !== chatId) return;
    const message = await findShown(services.db.$client, asker, messageId);
    if (message) connection.send('message_saved', { message });
  }

  async function tellItem({ itemId, chatId: inChat, from }: OutboxSaved): Promise<void> {
    if (from === id || (chatId && inChat !== chatId)) return;
    const item = await readShownItem(services.db.$client, asker, itemId);
    if (item) connection.send('outbox_saved', { chatId: inChat, item });
  }

  async function receive(text: string): Promise<void> {
    let ref: string | undefined;
    try {
      const json = parseJson(text);
      ref = refOf(json);
      await handle(readFrame(json));
    } catch (error) {
      const answer = toAppError(error as Error);
      if (isFault(error as Error, answer)) report(error as Error);
      connection.send('rejected', { ...(ref !== undefined && { ref }), error: answer.body() });
    }
  }

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = sending.then(work);
    sending = result.catch(() => {});
    return result;
  }

  async function handle({ type, payload }: FromClient): Promise<void> {
    const mark = payload.ref === undefined ? {} : { ref: payload.ref };
    if (type === 'ping') return connection.send('pong', mark);
    if (type === 'open') return open(payload.chatId, mark);
    if (type === 'typing') return typing.tell(payload.chatId ?? hearing.openedChat);
    if (type !== 'subscribe') await countWrite(asker.userId);
    if (type === 'message') {
      const { ref: _ref, chatId: named, ...message } = payload;
      const target = chatId ?? named;
      if (!target) throw invalidInput('chatId', say('name_the_chat'));
      if (chatId && named && named !== chatId) throw notFound(say('no_such_chat'));
      // One after the other, in the order in which they were typed.
      const { sent, item } = await inTurn(() =>
        sendInTurn(services, asker, { chatId: target }, message, { client: 'web', connection: id }),
      );
      if (item) {
        const shown = await presentPlaced(services.db.$client, asker, item);
        return connection.send('outbox_saved', { ...mark, chatId: item.chatId, item: shown });
      }
      if (sent.created) for (const { generation } of sent.replies) logQueued(log, generation);
      for (const saved of await presentEachSaved(services.db.$client, asker, sent))
        connection.send('user_message_saved', { ...mark, ...saved });
      for (const { generation } of sent.replies)
        if (!connection.follows(generation.id)) await connection.follow(generation.id, 0);
      return;
    }
    const generation = await generationFor(
      services.db.$client,
      asker,
      payload.generationId,
      type === 'cancel' ? 'write' : 'read',
    );
    if (chatId && generation.chatId !== chatId) throw notFound(sayInGeneral('not_there'));
    if (type === 'subscribe') return connection.follow(generation.id, payload.after);
    await cancelGeneration(services, asker, generation.id);
  }

  /** A socket for everything says which chat is on its screen; then it hears what others do there, and follows it. */
  async function open(shown: string | null, mark: object): Promise<void> {
    if (chatId) throw invalidInput('type', say('socket_of_one_chat'));
    if (shown) await chatFor(services.db.$client, asker, shown, 'read');
    hearing.openChat(shown);
    connection.send('opened', { ...mark, chatId: shown });
    if (!shown) return;
    for (const running of await goingOn(services.db.$client, asker, shown))
      if (!connection.follows(running)) await connection.follow(running, null);
  }
}
