import { invalidInput } from '#platform/errors.ts';
import { say } from './say.ts';

type Kept = {
  projectId?: string | null | undefined;
  archived?: boolean | undefined;
  pinned?: boolean | undefined;
};

/** Refuses what would keep a temporary chat or show it to others: a project, the archive, a pin. 400. */
export function assertTemporary(change: Kept, isTemporary: boolean): void {
  if (!isTemporary) return;
  if (change.projectId) throw invalidInput('projectId', say('temporary_in_project'));
  if (change.archived) throw invalidInput('archived', say('temporary_kept'));
  if (change.pinned) throw invalidInput('pinned', say('temporary_kept'));
}
