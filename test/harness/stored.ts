/** What is stored, as its owner reads it. */
import type { Message } from '#features/messages/messages.ts';
import { textOf } from '#features/messages/rules.ts';
import type { Person } from './accounts.ts';
import { eventually } from './streams.ts';

/** A chat's messages, from the first to the last. */
export async function messagesOf(person: Person, chatId: string): Promise<Message[]> {
  const page = await (await person.fetch(`/api/v1/chats/${chatId}/messages`)).json();
  return (page as { items: Message[] }).items;
}

/** The text of a chat's last message. */
export const replyText = async (person: Person, chatId: string): Promise<string> =>
  textOf((await messagesOf(person, chatId)).at(-1)?.content ?? []);

export type StoredGeneration = {
  id: string;
  state: string;
  position: number | null;
  queueSize: number | null;
  startedAt: string | null;
  finishedAt: string | null;
  outputTokens: number | null;
  chatId: string;
  error: { code: string; detail: string; retryable: boolean } | null;
};

/** A generation. */
export const generationOf = async (person: Person, id: string): Promise<StoredGeneration> =>
  (await (await person.fetch(`/api/v1/generations/${id}`)).json()) as StoredGeneration;

/** The same, once it is in one of these states; any end unless told. */
export const generationWhen = (
  person: Person,
  id: string,
  states?: string[],
  withinMs = 30_000,
): Promise<StoredGeneration> =>
  eventually(
    () => generationOf(person, id),
    ({ state }) => (states ? states.includes(state) : state !== 'queued' && state !== 'running'),
    withinMs,
  );
