/** The projects this page holds, and how answers and live events change them. */
import { queryClient } from '#web/api/query-client.ts';
import type { Project } from '../projects.ts';

export const keys = {
  lists: ['projects'] as const,
  project: (projectId: string) => ['project', projectId] as const,
  members: (projectId: string) => ['members', projectId] as const,
  invites: (projectId: string) => ['invites', projectId] as const,
};

/** Something about a project is new: itself, who is in it, what the asker may do there. */
export function receiveProject(project: Project): void {
  queryClient.setQueryData(keys.project(project.id), project);
  for (const queryKey of [keys.members(project.id), keys.invites(project.id)])
    void queryClient.invalidateQueries({ queryKey });
  refreshProjectLists();
}

/** A project is not there any more, or not for whoever is here. */
export function dropProject(projectId: string): void {
  queryClient.setQueryData(keys.project(projectId), null);
  refreshProjectLists();
}

/** Reads the lists that are on the screen again, and the others when they are. */
export const refreshProjectLists = (): void => void queryClient.invalidateQueries({ queryKey: keys.lists });

/** The same for all that is known of projects: news of them may have been missed. */
export function refreshProjects(): void {
  for (const noun of ['projects', 'project', 'members', 'invites'])
    void queryClient.invalidateQueries({ queryKey: [noun] });
}
