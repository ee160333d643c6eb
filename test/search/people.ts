/** What tests of searching do as people: they write, ask, and wait until the index has what they wrote. */
import { randomUUID } from 'node:crypto';
import type { Chat } from '#features/chats/chats.ts';
import type { SearchHit } from '#features/search/search.ts';
import type { Services } from '#platform/services.ts';
import type { Person } from '../harness/accounts.ts';
import { eventually } from '../harness/streams.ts';
import { ask } from '../projects/people.ts';

type Found = { items: SearchHit[]; nextCursor: string | null };

/** The status and body of a search. */
export const asks = (person: Person, q: string, more = '') =>
  ask<Found>(person, 'GET', `/search?q=${encodeURIComponent(q)}${more}`);

/** What a person finds; fails when they are refused. */
export async function finds(person: Person, q: string, more = ''): Promise<SearchHit[]> {
  const { status, body } = await asks(person, q, more);
  if (status !== 200) throw new Error(`${status}: ${JSON.stringify(body)}`);
  return body.items;
}

/** The found messages and, of chats found by themselves, their titles, in order. */
export const found = async (person: Person, q: string): Promise<string[]> =>
  (await finds(person, q)).map(({ messageId, title }) => messageId ?? title);

/** The refusal of a search: its status, its field and the named sentence with what it says. */
export async function refusal(person: Person, q: string): Promise<unknown[]> {
  const { status, body } = await asks(person, q);
  const { field, reason, params } = (body as unknown as { error: Record<string, unknown> }).error;
  return [status, field, reason, params];
}

/** A chat of theirs. */
export const chat = async (person: Person, more: object = {}): Promise<Chat> =>
  (await ask<Chat>(person, 'POST', '/chats', more)).body;

type Said = {
  role?: 'user' | 'assistant';
  at?: string;
  authorId?: string;
  agentId?: string;
  model?: string;
  parent?: string | null;
  content?: object[];
};

/** Says something in a chat, into the database as a send or an import does it; the message's id. */
export async function say(
  { db }: Pick<Services, 'db'>,
  chatId: string,
  text: string,
  { role = 'user', at, authorId, agentId, model, parent, content }: Said = {},
): Promise<string> {
  const id = randomUUID();
  await db.$client.query(
    `INSERT INTO messages (id, chat_id, role, content, created_at, author_id, agent_id, ending, parent_id)
     VALUES ($1, $2, $3, $4, coalesce($5, now()), $6, $7, $8, $9)`,
    [
      id,
      chatId,
      role,
      JSON.stringify(content ?? [{ type: 'text', text }]),
      at ?? null,
      authorId ?? null,
      agentId ?? null,
      model ? JSON.stringify({ state: 'completed', model }) : null,
      parent ?? null,
    ],
  );
  return id;
}

/** Waits until the index has everything that was changed so far. */
export const settled = ({ db }: Pick<Services, 'db'>): Promise<number> =>
  eventually(
    async () => Number((await db.$client.query('SELECT count(*) FROM search_due')).rows[0].count),
    (due) => due === 0,
  );
