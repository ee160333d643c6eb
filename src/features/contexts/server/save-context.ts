/** Saving instructions: always a new version, and of two savers at once one wins. */
import { bytesOfContext, growStorage } from '#features/accounts/server/index.ts';
import { recordAct } from '#features/audit/server/index.ts';
import type { Tx } from '#platform/database/database.ts';
import { AppError } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import { LOCKS } from '#platform/signals.ts';
import type { NewContext } from '../contexts.ts';
import { MAX_CONTEXT_BYTES } from '../rules.ts';
import { builtInText, type ContextOwner } from './owners.ts';
import { presentContext, type VersionRow } from './present-context.ts';
import { latestVersion, readVersion } from './read-versions.ts';
import { say } from './say.ts';

/** The version in force after a save; `saved` is false when it says that already. */
export type Saved = { row: VersionRow | null; saved: boolean };

/**
 * Adds a version, in the caller's transaction, which has decided that the asker may. The same text as the one in force makes
 * none. 409 `conflict`, with `current`, when `baseVersion` is not the one in force any more; 413 above `MAX_CONTEXT_BYTES`;
 * 403 `storage_limit` when the asker has no room for it (the instance's own text counts for nobody).
 */
export async function saveContext(
  tx: Tx,
  owner: ContextOwner,
  asker: Principal,
  { content, baseVersion }: NewContext,
): Promise<Saved> {
  if (Buffer.byteLength(content) > MAX_CONTEXT_BYTES)
    throw new AppError('too_large', say('context_too_large', { kibibytes: MAX_CONTEXT_BYTES / 1024 }), {
      field: 'content',
    });
  const current = await lockLatest(tx, owner);
  if (content === (current?.content ?? builtInText(owner))) return { row: current, saved: false };
  if (baseVersion !== undefined && baseVersion !== (current?.version ?? 0)) throw conflict(owner, current);
  return { row: await addVersion(tx, owner, asker, current, content, null), saved: true };
}

/** Brings a version back, as a new one; 404 when there is none. */
export async function restoreContext(
  tx: Tx,
  owner: ContextOwner,
  asker: Principal,
  version: number,
): Promise<Saved> {
  const current = await lockLatest(tx, owner);
  const { content } = await readVersion(tx, owner, version);
  return { row: await addVersion(tx, owner, asker, current, content, version), saved: true };
}

/** The version in force, while nobody else can add the next. */
async function lockLatest(tx: Tx, owner: ContextOwner): Promise<VersionRow | null> {
  await tx.query(`SELECT pg_advisory_xact_lock(${LOCKS.contexts}, hashtext($1))`, [
    `${owner.kind} ${owner.ownerId}`,
  ]);
  return latestVersion(tx, owner);
}

function conflict(owner: ContextOwner, row: VersionRow | null): AppError {
  const { content, version, updatedAt, updatedBy } = presentContext(owner, row);
  const current = { content, version, updatedAt, updatedBy };
  return new AppError('conflict', say('saved_meanwhile'), { field: 'baseVersion', current });
}

async function addVersion(
  tx: Tx,
  { kind, ownerId }: ContextOwner,
  asker: Principal,
  before: VersionRow | null,
  content: string,
  restoredFrom: number | null,
): Promise<VersionRow> {
  const version = (before?.version ?? 0) + 1;
  const { rows } = await tx.query<Pick<VersionRow, 'createdAt' | 'authorName'>>(
    `INSERT INTO context_versions (kind, owner_id, version, content, created_by, restored_from)
     VALUES ($1, $2, $3, $4, $5, $6)
     RETURNING created_at AS "createdAt", (SELECT name FROM users WHERE id = $5) AS "authorName"`,
    [kind, ownerId, version, content, asker.userId, restoredFrom],
  );
  if (kind !== 'primary') await growStorage(tx, asker, { bytes: bytesOfContext(content) });
  else {
    const action = restoredFrom === null ? 'context.save' : 'context.restore';
    await recordAct(
      tx,
      asker,
      action,
      { kind: 'instance' },
      { version, ...(restoredFrom && { restoredFrom }) },
    );
  }
  return { version, content, createdBy: asker.userId, restoredFrom, ...rows[0]! };
}
