/** Telling of projects: what members' connections hear of. They read the rest themselves, each with their own rights. */
import { projectTopic, userTopic } from '#platform/live-bus/live-bus.ts';
import type { Services } from '#platform/services.ts';

/** Something about a project, or about who is in it, has changed. */
export type ProjectChanged = { readonly type: 'project_changed'; readonly projectId: string };

/**
 * Tells all members, and whom it concerns besides: who has just joined does not listen yet, and who has just left is to hear it
 * by themselves. Call it after the commit.
 */
export function projectChanged(
  { bus }: Pick<Services, 'bus'>,
  projectId: string,
  userIds: readonly string[] = [],
): void {
  const message: ProjectChanged = { type: 'project_changed', projectId };
  bus.publish(projectTopic(projectId), message);
  for (const userId of userIds) bus.publish(userTopic(userId), message);
}
