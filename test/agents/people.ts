/** What tests of agents do as people: they make some, and are refused. */
import { expect } from 'vitest';
import type { Agent } from '#features/agents/agents.ts';
import type { Person } from '../harness/accounts.ts';
import { ask } from '../projects/people.ts';

export const makeAgent = async (person: Person, more: object = {}): Promise<Agent> => {
  const { status, body } = await ask<Agent>(person, 'POST', '/agents', { name: 'Poet', ...more });
  expect(status).toBe(201);
  return body;
};

export type Refusal = { error: { code: string; field?: string; current?: Agent } };
/** The status, the code and the field of a refusal. */
export async function refused(
  person: Person,
  method: string,
  path: string,
  json?: unknown,
): Promise<[number, string, string?]> {
  const { status, body } = await ask<Refusal>(person, method, path, json);
  return [status, body.error.code, body.error.field];
}
