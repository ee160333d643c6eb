/** What is stored, as its owner reads it. */
import type { Person } from './accounts.ts';
import { eventually } from './streams.ts';

export type StoredMessage = {
  id: string;
  role: string;
  content: { type: string; text: string }[];
  metadata: Record<string, unknown>;
  ending: { state: string } | null;
};

/** A chat's messages, from the first to the last. */
export async function messagesOf(person: Person, chatId: string): Promise<StoredMessage[]> {
  const page = await (await person.fetch(`/api/v1/chats/${chatId}/messages`)).json();
  return (page as { items: StoredMessage[] }).items;
}

/** The text of a chat's last message. */
export const replyText = async (person: Person, chatId: string): Promise<string> =>
  ((await messagesOf(person, chatId)).at(-1)?.content ?? []).map((part) => part.text).join('');

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
