/** What tests of many chats at once do as people. */
import type { Chat } from '#features/chats/chats.ts';
import type { Person } from '../harness/accounts.ts';
import { ask } from '../projects/people.ts';

export const bulk = (person: Person, body: object) =>
  ask<{ count: number; undo: string; error: { code: string; field?: string } }>(
    person,
    'POST',
    '/chats/bulk',
    body,
  );
export const undo = (person: Person, token: string) =>
  ask<{ count: number; error: { code: string } }>(person, 'POST', '/undo', { undo: token });

/** The chats as they are now; null for one that is not there for whoever asks. */
export async function look(person: Person, chats: readonly { id: string }[]): Promise<(Chat | null)[]> {
  return Promise.all(
    chats.map(async ({ id }) => {
      const { status, body } = await ask<Chat>(person, 'GET', `/chats/${id}`);
      return status === 200 ? body : null;
    }),
  );
}

export const list = async (person: Person, query: string): Promise<string[]> =>
  (await ask<{ items: Chat[] }>(person, 'GET', `/chats?${query}`)).body.items.map(({ title }) => title);
