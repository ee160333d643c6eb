/** The projects this page holds, and how answers and live events change them. */
import { queryClient } from '#web/api/query-client.ts';
import type { Project } from '../projects.ts';

export const keys = {
  lists: ['projects'] as const,
  project: (projectId: string) => ['project', projectId] as const,
  members: (projectId: string) => ['members', projectId] as const,
  invites: (projectId: string) => ['invites', projectId] as const,
};

const reread = (...queryKey: string[]): void => void queryClient.invalidateQueries({ queryKey });

/** Something about a project is new: itself, who is in it, what the asker may do there. Lists are read again. */
export function receiveProject(project: Project): void {
  queryClient.setQueryData(keys.project(project.id), project);
  for (const noun of ['members', 'invites']) reread(noun, project.id);
  reread('projects');
}

/** A project is not there any more, or not for whoever is here. */
export function dropProject(projectId: string): void {
  queryClient.setQueryData(keys.project(projectId), null);
  reread('projects');
}

/** Reads all that is known of projects again: news of them may have been missed. */
export const refreshProjects = (): void =>
  ['projects', 'project', 'members', 'invites'].forEach((noun) => {
    reread(noun);
  });
