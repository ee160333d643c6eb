/** What tests of projects do as people: they ask, make projects and chats, and give each other roles. */
import type { Chat } from '#features/chats/chats.ts';
import type { Member, Project } from '#features/projects/projects.ts';
import type { Person } from '../harness/accounts.ts';

/** The status and the body of asking. */
export async function ask<T = Record<string, unknown>>(
  person: Person,
  method: string,
  path: string,
  json?: unknown,
): Promise<{ status: number; body: T }> {
  const answer = await person.fetch(`/api/v1${path}`, { method, ...(json !== undefined && { json }) });
  const text = await answer.text();
  return { status: answer.status, body: (text === '' ? null : JSON.parse(text)) as T };
}
export const make = async (person: Person, more: object = {}): Promise<Project> =>
  (await ask<Project>(person, 'POST', '/projects', { name: 'Study', ...more })).body;
export const makeChat = async (person: Person, more: object): Promise<Chat> =>
  (await ask<Chat>(person, 'POST', '/chats', more)).body;
export const put = (person: Person, project: Project, other: Person, role: string) =>
  ask<Member>(person, 'PUT', `/projects/${project.id}/members/${other.userId}`, { role });
export const titles = async (person: Person, project: Project): Promise<string[]> =>
  (await ask<{ items: Chat[] }>(person, 'GET', `/chats?projectId=${project.id}`)).body.items.map(
    ({ title }) => title,
  );
