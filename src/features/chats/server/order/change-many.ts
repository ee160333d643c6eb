/** Changing many chats in one transaction, in a handful of statements. */
import { growStorage } from '#features/accounts/server/index.ts';
import { mayWithChat } from '#features/projects/server/index.ts';
import type { Tx } from '#platform/database/database.ts';
import { camelRow } from '#platform/database/rows.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import { payerOf } from '../authors.ts';
import { assertRoomForChat, countChats, lockChatCount } from '../chat-limit.ts';
import type { Place } from '../place-for.ts';
import type { Change } from './actions.ts';

/** Which chats are meant: SQL of a relation with their `id`, made of `$2`, and what that is. */
export type Asked = { readonly sql: string; readonly value: unknown };

/** A chat that was changed: where it is, where it was, and what must be known to undo it. */
export type ChangedChat = Place & {
  id: string;
  userId: string;
  from: Place;
  before: Record<string, unknown>;
};
type Row = Place & {
  id: string;
  userId: string;
  fromProject: string | null;
  fromVisibility: Place['visibility'];
  before: Record<string, unknown>;
  /** 1: it is an active chat now, and was none; -1: the other way round. */
  counted: number;
  grown: number;
};

/**
 * Locks the authors of the chats that are meant, as everybody does who changes what is counted of them: users before projects,
 * projects before chats, each by their ids, so that two changes never wait for each other. Strangers' are not touched.
 */
export async function lockAuthors(tx: Tx, asker: Principal, asked: Asked, even = 'false'): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT u.id FROM users u WHERE u.id IN (
       SELECT c.user_id FROM ${asked.sql} JOIN chats c ON c.id = asked.id WHERE ${mayWithChat('read', 'c', '$1')} OR ${even})
     ORDER BY u.id FOR NO KEY UPDATE`,
    [asker.userId, asked.value],
  );
  return rows.map(({ id }) => id);
}

/**
 * Changes those of the chats to which that can be done and with which the asker has the right; the others are passed over. Call
 * it after `lockAuthors`. What is counted of their authors is counted: 403 `chat_limit` and `storage_limit` for all of it.
 */
export async function changeMany(
  tx: Tx,
  services: Pick<Services, 'config'>,
  asker: Principal,
  { asked, authors, change, values = [] }: ManyChanges,
): Promise<ChangedChat[]> {
  await tx.query(`SELECT set_config('parley.chats_counted_together', 'yes', true)`);
  const { rows } = await tx.query(statementOf(asked, change), [
    asker.userId,
    asked.value,
    authors,
    ...values,
  ]);
  const changed = rows.map((row) => camelRow<Row>(row));
  const sums = sumByAuthor(changed);
  for (const userId of authors) await countActive(tx, services, userId, sums.get(userId)?.counted ?? 0);
  for (const userId of authors) {
    const bytes = sums.get(userId)?.grown ?? 0;
    if (bytes !== 0) await growStorage(tx, payerOf(asker, userId), { bytes });
  }
  return changed.map(({ id, userId, projectId, visibility, before, fromProject, fromVisibility }) => {
    const from = { projectId: fromProject, visibility: fromVisibility };
    return { id, userId, projectId, visibility, before, from };
  });
}
type ManyChanges = {
  asked: Asked;
  authors: readonly string[];
  change: Change;
  /** What the change names from `$4` on. */
  values?: readonly unknown[];
};

/** SQL: 1 for an active chat, else 0. */
const isActive = (c: string) => `(NOT ${c}.archived AND ${c}.deleted_at IS NULL)::int`;
/** SQL: what a chat's tags take of its author's storage; nothing else of it grows here. */
const bytesOfTags = (c: string) => `octet_length(array_to_string(${c}.tags, ''))`;

const statementOf = (asked: Asked, { right, applies, set, before }: Change): string => `
  WITH l AS MATERIALIZED (
    SELECT asked.*, c.project_id AS from_project, c.visibility AS from_visibility, ${isActive('c')} AS was_active,
      ${bytesOfTags('c')} AS bytes, jsonb_build_object('id', c.id${before ? `, ${before}` : ''}) AS before
    FROM ${asked.sql} JOIN chats c ON c.id = asked.id
    WHERE c.user_id = ANY($3::uuid[]) AND ${right ? mayWithChat(right, 'c', '$1') : 'true'} AND ${applies}
    ORDER BY c.id FOR NO KEY UPDATE OF c
  )
  UPDATE chats c SET ${set} FROM l WHERE c.id = l.id
  RETURNING c.id, c.user_id, c.project_id, c.visibility, l.from_project, l.from_visibility, l.before,
    ${isActive('c')} - l.was_active AS counted, ${bytesOfTags('c')} - l.bytes AS grown`;

function sumByAuthor(rows: readonly Row[]): Map<string, { counted: number; grown: number }> {
  const sums = new Map<string, { counted: number; grown: number }>();
  for (const { userId, counted, grown } of rows) {
    const sum = sums.get(userId) ?? { counted: 0, grown: 0 };
    sums.set(userId, { counted: sum.counted + counted, grown: sum.grown + grown });
  }
  return sums;
}

/** Counts the active chats of a user, and refuses more than they may have. */
async function countActive(
  tx: Tx,
  services: Pick<Services, 'config'>,
  userId: string,
  more: number,
): Promise<void> {
  if (more === 0) return;
  await tx.query('UPDATE users SET chat_count = chat_count + $2 WHERE id = $1', [userId, more]);
  if (more < 0) return;
  const limit = await lockChatCount(tx, services, userId);
  assertRoomForChat((await countChats(tx, userId)) - 1, limit);
}
