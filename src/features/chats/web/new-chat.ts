/** The chat that begins with the next message, and where it is to be. */
import type { Visibility } from '#features/projects/projects.ts';
import type { ModelSettings } from '#features/settings/settings.ts';

export type NewPlace = { projectId: string; visibility?: Visibility };
/** What the chat is made with: where it is to be, the agent that leads it, and what was chosen for it by hand. */
export type NewChatFields = Partial<NewPlace> & {
  temporary?: true;
  agentId?: string | undefined;
  settings?: ModelSettings;
};

/** Where a temporary chat begins. */
export const NEW_TEMPORARY = '/?temporary=1';
/** Whether the new chat at an address is to be a temporary one; none in a project is. */
export function beginsTemporary(search: string): boolean {
  const given = new URLSearchParams(search);
  return given.has('temporary') && !given.has('project');
}

/** Where the new chat at an address is to be; null: in no project. */
export function placeOf(search: string): NewPlace | null {
  const given = new URLSearchParams(search);
  const projectId = given.get('project');
  const visibility = given.get('visibility');
  if (!projectId) return null;
  return { projectId, ...((visibility === 'private' || visibility === 'shared') && { visibility }) };
}
