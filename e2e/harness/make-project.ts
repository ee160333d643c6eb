import type { Person } from '#test/harness/accounts.ts';

/** A project of `owner`, with these members. */
export async function makeProject(
  owner: Person,
  name: string,
  members: readonly (readonly [Person, 'owner' | 'editor' | 'viewer'])[] = [],
): Promise<string> {
  const { id } = await (await owner.fetch('/api/v1/projects', { method: 'POST', json: { name } })).json();
  for (const [{ userId }, role] of members)
    await owner.fetch(`/api/v1/projects/${id}/members/${userId}`, { method: 'PUT', json: { role } });
  return id;
}
