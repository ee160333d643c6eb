/** What tests of the outbox do as people: they write while a reply is written, and look at what waits and what was said. */
import { randomUUID } from 'node:crypto';
import type { OutboxItem } from '#features/chats/outbox.ts';
import { textOf } from '#features/messages/rules.ts';
import type { Person } from '../harness/accounts.ts';
import { messagesOf } from '../harness/stored.ts';
import { eventually, type SentMessage, send } from '../harness/streams.ts';
import { ask } from '../projects/people.ts';

/** A reply that is written until somebody stops it, and one that is over at once. */
export const LONG = '/script tokens=20000 rate=50';
export const SHORT = '/script text="done" rate=0';
/** A reply that ends by itself, once there was time to write something behind it. */
export const A_WHILE = '/script tokens=20 rate=40';

export type Refusal = { error: { code: string; reason: string; field?: string } };

export { ask };

export type Queued = { outbox: OutboxItem } & SentMessage;
/** Says something in a chat, behind the reply that is written there unless told otherwise. */
export const say = (person: Person, chatId: string, content: string, more: object = {}) =>
  ask<Queued>(person, 'POST', `/chats/${chatId}/messages`, { content, when: 'next', ...more });

/** Puts messages behind the running reply of a chat, and returns their ids. */
export async function queue(person: Person, chatId: string, ...texts: string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const text of texts) {
    const id = randomUUID();
    ids.push(id);
    const { status, body } = await say(person, chatId, text, { id });
    if (status !== 202 || body.outbox?.id !== id) throw new Error(`${status}: ${JSON.stringify(body)}`);
  }
  return ids;
}

/** A chat in which a reply is being written. */
export const busyChat = async (person: Person, content = LONG): Promise<SentMessage> => send(person, content);

export const outboxOf = async (person: Person, chatId: string): Promise<OutboxItem[]> =>
  (await ask<{ items: OutboxItem[] }>(person, 'GET', `/chats/${chatId}/outbox`)).body.items;
/** What waits, in its order. */
export const waiting = async (person: Person, chatId: string): Promise<string[]> =>
  (await outboxOf(person, chatId)).map(({ content }) => textOf(content));

/** What people have said in a chat, in its order. */
export const saidIn = async (person: Person, chatId: string): Promise<string[]> =>
  (await messagesOf(person, chatId))
    .filter(({ role }) => role === 'user')
    .map(({ content }) => textOf(content));

export const stop = (person: Person, generationId: string) =>
  ask(person, 'POST', `/generations/${generationId}/cancel`);

/** The outbox once all of it is held, or once it is empty. */
export const whenHeld = (person: Person, chatId: string) =>
  eventually(
    () => outboxOf(person, chatId),
    (items) => items.length > 0 && items.every(({ state }) => state === 'held'),
    20_000,
  );
export const whenSent = (person: Person, chatId: string) =>
  eventually(
    () => outboxOf(person, chatId),
    ({ length }) => length === 0,
    20_000,
  );
