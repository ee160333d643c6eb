/** The chat that begins with the next message, and where it is to be. */
import type { Visibility } from '#features/projects/projects.ts';

export type NewPlace = { projectId: string; visibility?: Visibility };

/** The address of a new chat in a project; without `visibility` it is as the project says. */
export const newChatAddress = (projectId: string, visibility?: Visibility): string =>
  `/?project=${projectId}${visibility ? `&visibility=${visibility}` : ''}`;

/** Where the new chat at an address is to be; null: in no project. */
export function placeOf(search: string): NewPlace | null {
  const given = new URLSearchParams(search);
  const projectId = given.get('project');
  const visibility = given.get('visibility');
  if (!projectId) return null;
  return { projectId, ...((visibility === 'private' || visibility === 'shared') && { visibility }) };
}
