import type { Project } from '../projects.ts';
import type { OwnProject } from './access.ts';

/** What is counted of a project for whoever asks. */
export type Shown = {
  activeAt: Date;
  chatCount: number;
  memberCount: number;
  instructions: string;
  contextVersion: number;
};

/** A project as a member sees it. */
export function presentProject(row: OwnProject & Shown): Project {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    icon: row.icon,
    archived: row.archived,
    role: row.role,
    defaultVisibility: row.defaultVisibility,
    settings: row.settings,
    instructions: row.instructions,
    contextVersion: row.contextVersion,
    chatCount: row.chatCount,
    memberCount: row.memberCount,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    activeAt: row.activeAt.toISOString(),
  };
}
