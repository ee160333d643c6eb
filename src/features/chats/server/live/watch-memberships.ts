/** Tells connections when their user has come into projects, or out of them, though no news of it reached this process. */
import { projectIdsOf } from '#features/projects/server/index.ts';
import { repeat } from '#platform/repeat.ts';
import type { Services } from '#platform/services.ts';

type Watch = { userId: string; onProjects: (projectIds: readonly string[]) => void };

export type MembershipWatch = {
  /** Calls `onProjects` about once a second with the projects the user is in; returns how to stop. */
  watch(userId: string, onProjects: Watch['onProjects']): () => void;
  close(): Promise<void>;
};

/** Begins looking: for all connections of the process in one query, asked only while there are any. */
export function watchMemberships(services: Services): MembershipWatch {
  const watches = new Set<Watch>();
  const looking = repeat(
    async () => {
      if (watches.size === 0) return;
      const projects = await projectIdsOf(services.db.$client, [
        ...new Set([...watches].map(({ userId }) => userId)),
      ]);
      for (const { userId, onProjects } of watches) onProjects(projects.get(userId) ?? []);
    },
    services.clock.principalWatchMs,
    (error) => services.log.warn({ err: error }, 'memberships could not be looked at'),
  );
  return {
    watch(userId, onProjects) {
      const one = { userId, onProjects };
      watches.add(one);
      return () => void watches.delete(one);
    },
    close: looking.stop,
  };
}
