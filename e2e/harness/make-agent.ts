import type { Person } from '#test/harness/accounts.ts';

/** What the server answers to a JSON body. */
export const post = async (person: Person, path: string, json: unknown) =>
  (await person.fetch(path, { method: 'POST', json })).json();

/** An agent of `owner`, or of whom `more` says; its id. */
export const makeAgent = async (owner: Person, name: string, more: object = {}): Promise<string> =>
  (await post(owner, '/api/v1/agents', { name, ...more })).id;
