/** Making a project and changing what it is about. */

import { eq, sql } from 'drizzle-orm';
import { projectOwner, saveContext } from '#features/contexts/server/index.ts';
import { assertSettings } from '#features/settings/server/index.ts';
import { inTransaction, typed } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import type { NewProject, Project, ProjectPatch } from '../projects.ts';
import { projectFor } from './access.ts';
import { assertRoomForProject, lockUser } from './project-limits.ts';
import { projectChanged } from './publish-project.ts';
import { readProject } from './read-projects.ts';
import { projects } from './tables.ts';

/** Makes a project, whose first owner is the asker. 409 when they are in as many as they may be. */
export async function createProject(
  services: Services,
  asker: Principal,
  input: NewProject,
): Promise<Project> {
  const id = newId();
  const { instructions, ...fields } = input;
  await inTransaction(services.db, async (tx) => {
    await lockUser(tx, asker.userId);
    await assertRoomForProject(tx, asker.userId);
    if (fields.settings) await assertSettings(tx, fields.settings, 'settings');
    await typed(tx)
      .insert(projects)
      .values({ id, ...fields });
    await tx.query(`INSERT INTO project_members (project_id, user_id, role) VALUES ($1, $2, 'owner')`, [
      id,
      asker.userId,
    ]);
    if (instructions) await saveContext(tx, projectOwner(id), asker, { content: instructions });
  });
  projectChanged(services, id, [asker.userId]);
  return readProject(services.db.$client, asker, id);
}

/** Changes what `change` names; archiving needs an owner. */
export async function changeProject(
  services: Services,
  asker: Principal,
  projectId: string,
  change: ProjectPatch,
): Promise<Project> {
  const { instructions, ...fields } = change;
  await inTransaction(services.db, async (tx) => {
    await projectFor(tx, asker, projectId, change.archived === undefined ? 'write' : 'manage', {
      lock: 'no key update',
    });
    if (fields.settings) await assertSettings(tx, fields.settings, 'settings');
    await typed(tx)
      .update(projects)
      .set({ ...fields, updatedAt: sql`greatest(updated_at, now())` })
      .where(eq(projects.id, projectId));
    if (instructions !== undefined)
      await saveContext(tx, projectOwner(projectId), asker, { content: instructions });
  });
  projectChanged(services, projectId);
  return readProject(services.db.$client, asker, projectId);
}
