import type { Visibility } from '#features/projects/projects.ts';
import { projectNamed } from '#features/projects/server/index.ts';
import type { Queryable } from '#platform/database/database.ts';
import { invalidInput } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import { say } from './say.ts';

/** Where a chat is, and who sees it there. */
export type Place = { projectId: string | null; visibility: Visibility };

/**
 * Where a chat comes to be: without a project with its author alone, in one as it says, else as the project says. Locks the
 * project, so that it is there until the transaction ends, unless nothing is `made`. 400 for an unknown project and for a shared
 * chat outside of any, 403 for one in which the asker may only read.
 */
export async function placeFor(
  tx: Queryable,
  asker: Principal,
  { projectId, visibility }: { projectId?: string | null | undefined; visibility?: Visibility | undefined },
  { made = true } = {},
): Promise<Place> {
  if (!projectId) {
    if (visibility === 'shared') throw invalidInput('visibility', say('shared_needs_project'));
    return { projectId: null, visibility: 'private' };
  }
  const options = made ? ({ lock: 'share' } as const) : {};
  const project = await projectNamed(tx, asker, projectId, 'write', options);
  return { projectId, visibility: visibility ?? project.defaultVisibility };
}
