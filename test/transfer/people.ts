/** What tests of export and import do as people: they send files, and look at what came of them. */
import type { Chat } from '#features/chats/chats.ts';
import type { Message } from '#features/messages/messages.ts';
import type { ImportReport } from '#features/transfer/transfer.ts';
import type { Person } from '#test/harness/accounts.ts';

export type Answer<T> = { status: number; body: T };
type Refusal = { error: { code: string; detail: string; reason: string } };

/** Brings in a body as it is; what is no text or bytes goes as JSON. */
export async function bringIn(
  person: Person,
  given: unknown,
  query = '',
): Promise<Answer<ImportReport & Refusal>> {
  const isRaw = typeof given === 'string' || given instanceof Uint8Array;
  const body = isRaw ? (given as string | Uint8Array<ArrayBuffer>) : JSON.stringify(given);
  const answer = await person.fetch(`/api/v1/chats/import${query}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/octet-stream' },
  });
  return { status: answer.status, body: (await answer.json()) as ImportReport & Refusal };
}

/** Brings in several files by a form. */
export async function bringInForm(
  person: Person,
  files: Record<string, string | Uint8Array<ArrayBuffer>>,
  query = '',
): Promise<Answer<ImportReport & Refusal>> {
  const form = new FormData();
  for (const [name, content] of Object.entries(files)) form.append('file', new Blob([content]), name);
  const answer = await person.fetch(`/api/v1/chats/import${query}`, { method: 'POST', body: form });
  return { status: answer.status, body: (await answer.json()) as ImportReport & Refusal };
}

export async function takeOut(person: Person, path: string): Promise<string> {
  const answer = await person.fetch(`/api/v1/chats/${path}`);
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.text();
}

export const readChat = async (person: Person, chatId: string): Promise<Chat> =>
  (await (await person.fetch(`/api/v1/chats/${chatId}`)).json()) as Chat;

export async function readBranch(person: Person, chatId: string): Promise<Message[]> {
  const answer = await person.fetch(`/api/v1/chats/${chatId}/messages?limit=200`);
  return ((await answer.json()) as { items: Message[] }).items;
}

export const textsOf = (messages: readonly Message[]): string[] =>
  messages.map(
    ({ role, content }) =>
      `${role}: ${content.map((part) => ('text' in part ? part.text : part.type)).join('|')}`,
  );

/** The chats that a person has, active and archived. */
export async function chatsOf(person: Person): Promise<Chat[]> {
  const answer = await person.fetch('/api/v1/chats?archived=all&limit=200');
  return ((await answer.json()) as { items: Chat[] }).items;
}
