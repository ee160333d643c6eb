import type { Visibility } from '#features/projects/projects.ts';

/** The address of a new chat in a project; without `visibility` it is as the project says. */
export const newChatAddress = (projectId: string, visibility?: Visibility): string =>
  `/?project=${projectId}${visibility ? `&visibility=${visibility}` : ''}`;
