import type { Context, ContextVersion } from '../contexts.ts';
import { builtInText, type ContextOwner } from './owners.ts';

/** A version as it is read, with the name of who saved it. */
export type VersionRow = {
  version: number;
  content: string;
  createdAt: Date;
  createdBy: string | null;
  authorName: string | null;
  restoredFrom: number | null;
};

/** SQL: the columns of `VersionRow`, of version `v` and its author `u`. */
export const VERSION_COLUMNS = `v.version, v.content, v.created_at AS "createdAt", v.created_by AS "createdBy",
  u.name AS "authorName", v.restored_from AS "restoredFrom"`;

const authorOf = ({ createdBy, authorName }: VersionRow) =>
  createdBy !== null && authorName !== null ? { id: createdBy, name: authorName } : null;

export const presentVersion = (row: VersionRow): ContextVersion => ({
  version: row.version,
  content: row.content,
  createdAt: row.createdAt.toISOString(),
  createdBy: authorOf(row),
  ...(row.restoredFrom !== null && { restoredFrom: row.restoredFrom }),
});

/** The version in force; without one, what holds while none was saved. */
export const presentContext = (owner: ContextOwner, row: VersionRow | null): Context => ({
  content: row?.content ?? builtInText(owner),
  version: row?.version ?? 0,
  updatedAt: row?.createdAt.toISOString() ?? null,
  updatedBy: row && authorOf(row),
  isDefault: row === null,
});
