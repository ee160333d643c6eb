/** Changing projects and who is in them; each throws what the server refuses. */
import { api } from '#web/api/http.ts';
import { queryClient } from '#web/api/query-client.ts';
import type { Invite, Member, NewInvite, NewProject, Project, ProjectPatch } from '../projects.ts';
import type { ProjectRole } from '../rules.ts';
import { dropProject, keys, receiveProject } from './project-cache.ts';

const addressOf = (projectId: string): string => `/api/v1/projects/${projectId}`;

export async function createProject(input: NewProject): Promise<Project> {
  const project = await api<Project>('POST', '/api/v1/projects', input);
  receiveProject(project);
  return project;
}

/** Shown at once; on refusal everything is as before. */
export async function changeProject(project: Project, change: ProjectPatch): Promise<void> {
  queryClient.setQueryData(keys.project(project.id), { ...project, ...change });
  try {
    receiveProject(await api<Project>('PATCH', addressOf(project.id), change));
  } catch (error) {
    queryClient.setQueryData(keys.project(project.id), project);
    throw error;
  }
}

/** `keep`: its chats go back to their authors. `delete`: what the owner may delete goes with it. */
export async function deleteProject(projectId: string, chats: 'keep' | 'delete'): Promise<void> {
  await api('DELETE', `${addressOf(projectId)}?chats=${chats}`);
  dropProject(projectId);
  rereadChats();
}

/** Undoes it, for a day. */
export async function restoreProject(projectId: string): Promise<void> {
  receiveProject(await api<Project>('POST', `${addressOf(projectId)}/restore`));
  rereadChats();
}

// They have left the project, or have come back into it.
const rereadChats = (): void => void queryClient.invalidateQueries({ queryKey: ['chats'] });

export async function changeRole(projectId: string, userId: string, role: ProjectRole): Promise<void> {
  const changed = await api<Member>('PUT', `${addressOf(projectId)}/members/${userId}`, { role });
  queryClient.setQueryData<Member[]>(keys.members(projectId), (members) =>
    members?.map((member) => (member.userId === userId ? changed : member)),
  );
}

export async function removeMember(projectId: string, userId: string): Promise<void> {
  await api('DELETE', `${addressOf(projectId)}/members/${userId}`);
  queryClient.setQueryData<Member[]>(keys.members(projectId), (members) =>
    members?.filter((member) => member.userId !== userId),
  );
}

/** Leaves a project that is somebody else's from now on. */
export async function leaveProject(projectId: string, userId: string): Promise<void> {
  await api('DELETE', `${addressOf(projectId)}/members/${userId}`);
  dropProject(projectId);
  rereadChats();
}

/** Makes a link that invites; its token is only in this answer. */
export async function createInvite(projectId: string, input: NewInvite): Promise<Invite & { token: string }> {
  const made = await api<Invite & { token: string }>('POST', `${addressOf(projectId)}/invites`, input);
  void queryClient.invalidateQueries({ queryKey: keys.invites(projectId) });
  return made;
}

export async function withdrawInvite(projectId: string, inviteId: string): Promise<void> {
  await api('DELETE', `${addressOf(projectId)}/invites/${inviteId}`);
  queryClient.setQueryData<Invite[]>(keys.invites(projectId), (invites) =>
    invites?.filter(({ id }) => id !== inviteId),
  );
}

/** Comes in by a link. */
export async function joinProject(token: string): Promise<Project> {
  const project = await api<Project>('POST', '/api/v1/projects/join', { token });
  receiveProject(project);
  return project;
}
