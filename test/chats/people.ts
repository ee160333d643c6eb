/** People who call the chats' routes of a whole Parley. */
import { guest } from '../harness/accounts.ts';
import { startTestParley } from '../harness/parley.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into by the tests
export type Answer = { status: number; body: any };
export type Person = {
  userId: string;
  /** Calls a route of `/api/v1` as this person. */
  call(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<Answer>;
};

/** A Parley on a fresh database; `close` it after the tests. */
export async function startChats(maxChats = 1000) {
  const { url, services, close } = await startTestParley({ maxChats, roles: new Set(['web']) });
  return {
    services,
    close,
    async newPerson(): Promise<Person> {
      const somebody = await guest(url);
      return {
        userId: somebody.userId,
        async call(method, path, body) {
          const answer = await somebody.fetch(`/api/v1${path}`, { method, json: body });
          const text = await answer.text();
          return { status: answer.status, body: text ? JSON.parse(text) : null };
        },
      };
    },
  };
}

/** Follows `nextCursor` from the first page to the last; every page's items. */
export async function allPages(
  person: Person,
  path: string,
  parameter = 'cursor',
): Promise<Answer['body'][][]> {
  const pages: Answer['body'][][] = [];
  let cursor: string | null = null;
  do {
    const from = cursor ? `&${parameter}=${encodeURIComponent(cursor)}` : '';
    const { status, body } = await person.call('GET', `${path}${from}`);
    if (status !== 200) throw new Error(JSON.stringify(body));
    pages.push(body.items);
    cursor = body.nextCursor;
  } while (cursor);
  return pages;
}
