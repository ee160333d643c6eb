/** Keeping one chat of an import: all of it in one transaction, or nothing. */

import { bytesOfChat, growStorage, messageBytes, originalBytes } from '#features/accounts/server/index.ts';
import { mayAnswer } from '#features/agents/server/index.ts';
import {
  assertRoomForChat,
  assertRoomToKeep,
  countChats,
  lockChatCount,
} from '#features/chats/server/index.ts';
import { chatOwner, saveContext } from '#features/contexts/server/index.ts';
import { inOrder, inTransaction, type Tx } from '#platform/database/database.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import type { ChatRows } from '../chat-rows.ts';
import { type Standing, standingOf } from './standing.ts';

export type Added = { result: 'added' | 'skipped' | 'copied'; chatId: string };

/** 403 `chat_limit` and `storage_limit` as for a chat that is made here. */
export function addChat(services: Services, asker: Principal, chat: ChatRows): Promise<Added> {
  return inTransaction(services.db, async (tx) => {
    const [limit, standing, active] = await inOrder(
      lockChatCount(tx, services, asker.userId),
      standingOf(tx, asker, chat),
      countChats(tx, asker.userId),
    );
    if (standing.kind === 'there') return { result: 'skipped', chatId: standing.chatId };
    if (!standing.isArchived) assertRoomForChat(active, limit);
    if (standing.kind === 'deleted') return bringBack(tx, standing);
    const { chatId, isCopy } = standing;
    const placed = await placeIn(tx, asker, chat);
    const bytes = await insertAll(tx, asker, chat, placed, standing);
    if (chat.instructions?.trim())
      await saveContext(tx, chatOwner(chatId), asker, { content: chat.instructions });
    const owned = { ...chat, settings: placed.settings };
    assertRoomToKeep(await growStorage(tx, asker, { bytes: bytesOfChat(owned) + bytes, chats: 1 }), limit);
    return { result: isCopy ? 'copied' : 'added', chatId };
  });
}

/** One that its owner had deleted is as it was. */
async function bringBack(tx: Tx, { chatId }: Standing): Promise<Added> {
  await tx.query('UPDATE chats SET deleted_at = NULL WHERE id = $1', [chatId]);
  return { result: 'added', chatId };
}

type Placed = { agentId: string | null; settings: Record<string, unknown>; original: ChatRows['original'] };

/** What of a chat's settings can hold here; the rest is kept for when it goes out again. */
async function placeIn(tx: Tx, { userId }: Principal, chat: ChatRows): Promise<Placed> {
  const { modelId, ...settings } = chat.settings;
  const { keys = {}, ...original } = chat.original;
  const { agent, ...others } = keys;
  const [hasAgent, hasModel] = [
    chat.agentId !== null && (await tx.query(HAS_AGENT, [userId, chat.agentId])).rowCount === 1,
    modelId !== undefined && (await tx.query(HAS_MODEL, [modelId])).rowCount === 1,
  ];
  return {
    agentId: hasAgent ? chat.agentId : null,
    settings: hasModel ? chat.settings : settings,
    original: {
      ...original,
      keys: {
        ...others,
        ...(agent !== undefined && !hasAgent && { agent }),
        ...(modelId !== undefined && !hasModel && { settings: { modelId } }),
      },
    },
  };
}

const HAS_AGENT = `SELECT FROM agents a
  WHERE a.id = $2 AND ${mayAnswer('$1', { visibility: "'private'", projectId: 'NULL::uuid' })}`;
const HAS_MODEL = `SELECT FROM models m JOIN endpoints e ON e.id = m.endpoint_id WHERE e.name || '/' || m.name = $1`;

/** The bytes of what was inserted beside the chat. */
async function insertAll(
  tx: Tx,
  { userId }: Principal,
  chat: ChatRows,
  { agentId, settings, original }: Placed,
  { chatId, isCopy }: Standing,
): Promise<number> {
  const leaf = chat.leaf && (isCopy ? chat.leaf.other : chat.leaf.id);
  const inserted = (name: string, text: string, values: unknown[]) =>
    tx.query<{ bytes: number }>({ name: `import-${name}`, text, values });
  const unlessNone = (rows: string, insert: () => ReturnType<typeof inserted>) =>
    rows === '[]' ? Promise.resolve(null) : insert();
  const results = await inOrder(
    inserted('chat', INSERT_CHAT, [
      chatId,
      userId,
      chat.title,
      chat.description,
      chat.tags,
      JSON.stringify(chat.metadata),
      chat.archived,
      chat.pinned,
      leaf,
      agentId,
      JSON.stringify(settings),
      chat.activeAt,
      chat.createdAt,
      chat.updatedAt,
      isCopy ? chat.id : chat.originalId,
      chat.origin && JSON.stringify(chat.origin),
    ]),
    inserted('original', INSERT_ORIGINAL, [chatId, JSON.stringify(original)]),
    inserted('messages', INSERT_MESSAGES, [chatId, isCopy, chat.messages]),
    unlessNone(chat.originals, () =>
      inserted('originals', INSERT_ORIGINALS, [chatId, isCopy, chat.originals]),
    ),
    unlessNone(chat.ratings, () => inserted('ratings', INSERT_RATINGS, [userId, isCopy, chat.ratings])),
    unlessNone(chat.preferences, () =>
      inserted('preferences', INSERT_PREFERENCES, [userId, isCopy, chat.preferences, chatId]),
    ),
  );
  return results.reduce((sum, result) => sum + (result?.rows[0]?.bytes ?? 0), 0);
}

// A clock that runs ahead elsewhere must not keep a chat on top of the list here.
const INSERT_CHAT = `
  INSERT INTO chats (id, user_id, title, description, tags, metadata, archived, pinned, leaf_message_id, agent_id, settings,
    active_at, created_at, updated_at, original_id, origin)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, least(coalesce($12::timestamptz, now()), now()),
    coalesce($13::timestamptz, now()), coalesce($14::timestamptz, $13::timestamptz, now()), $15, $16)`;

const INSERT_ORIGINAL = `
  INSERT INTO originals AS o (chat_id, record) VALUES ($1, $2) RETURNING ${originalBytes('o')} AS bytes`;

/** SQL: one of the two ids that a thing has. */
const either = (id: string, other: string): string => `CASE WHEN $2 THEN a."${other}" ELSE a."${id}" END`;

const INSERT_MESSAGES = `
  WITH added AS (
    INSERT INTO messages AS m (id, chat_id, parent_id, role, source, content, metadata, ending, created_at, excluded, edited_from,
      original_id)
    SELECT ${either('id', 'other')}, $1, ${either('parent', 'otherParent')}, a.role, a.source, a.content,
      coalesce(a.metadata, '{}'), nullif(a.ending, 'null'), coalesce(a."createdAt", c.created_at), a.excluded,
      ${either('edited', 'otherEdited')}, CASE WHEN $2 THEN a.id::text ELSE a."originalId" END
    FROM jsonb_to_recordset($3::jsonb) AS a ("place" int, "id" uuid, "other" uuid, "parent" uuid, "otherParent" uuid, "role" text,
      "source" text, "content" jsonb, "metadata" jsonb, "ending" jsonb, "createdAt" timestamptz, "excluded" boolean,
      "edited" uuid, "otherEdited" uuid, "originalId" text)
    JOIN chats c ON c.id = $1
    -- A parent is older than its children, also by its ordinal.
    ORDER BY a.place
    RETURNING ${messageBytes('m')} AS bytes)
  SELECT coalesce(sum(bytes), 0)::bigint AS bytes FROM added`;

const INSERT_ORIGINALS = `
  WITH added AS (
    INSERT INTO originals AS o (chat_id, message_id, record)
    SELECT $1, ${either('id', 'other')}, a.record
    FROM jsonb_to_recordset($3::jsonb) AS a ("id" uuid, "other" uuid, "record" jsonb)
    RETURNING ${originalBytes('o')} AS bytes)
  SELECT coalesce(sum(bytes), 0)::bigint AS bytes FROM added`;

const INSERT_RATINGS = `
  INSERT INTO ratings (message_id, user_id, value, tags, comment, updated_at)
  SELECT ${either('id', 'other')}, $1, a.value, coalesce(a.tags, '{}'), coalesce(a.comment, ''), a."updatedAt"
  FROM jsonb_to_recordset($3::jsonb) AS a ("id" uuid, "other" uuid, "value" smallint, "tags" text[], "comment" text,
    "updatedAt" timestamptz)`;

const INSERT_PREFERENCES = `
  INSERT INTO preferences (id, chat_id, user_message_id, user_id, chosen, over, verdict, reason, created_at)
  SELECT gen_random_uuid(), $4, ${either('id', 'other')}, $1, ${either('chosen', 'otherChosen')},
    ${either('over', 'otherOver')}, a.verdict, a.reason, a."createdAt"
  FROM jsonb_to_recordset($3::jsonb) AS a ("id" uuid, "other" uuid, "chosen" uuid, "otherChosen" uuid, "over" uuid[],
    "otherOver" uuid[], "verdict" text, "reason" text, "createdAt" timestamptz)`;
