/** Reading the ledger: the same filters for the page and for the export. */

import { type GenerationRow, type Place, presentGeneration } from '#features/generations/server/index.ts';
import type { Queryable } from '#platform/database/database.ts';
import { containing } from '#platform/database/like.ts';
import { invalidInput } from '#platform/errors.ts';
import { say } from '#platform/say.ts';
import type { LedgerEntry, LedgerFilter } from '../ledger.ts';
import { ownedBy, type Scope } from './access.ts';

/** A row as it is read; of `GenerationRow` it has what is presented. */
export type LedgerRow = GenerationRow & { waitMs: number | null; userName: string };

/**
 * At most `limit` rows after the generation `after`, newest first. It goes on from a place in the order, so that
 * the last page costs what the first one does. 400 when `after` is not in the scope.
 */
export async function readLedger(
  db: Queryable,
  scope: Scope,
  filter: Omit<LedgerFilter, 'all'>,
  page: { limit: number; after: string | undefined },
): Promise<LedgerRow[]> {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const where: string[] = scope.all ? [] : [ownedBy(bind(scope.userId))];
  const own = where[0] ?? 'true';
  if (page.after !== undefined) {
    await checkPlace(db, scope, page.after);
    const id = bind(page.after);
    where.push(
      `(g.queued_at, g.id) < ((SELECT g.queued_at FROM generations g WHERE g.id = ${id} AND ${own}), ${id})`,
    );
  }
  if (filter.state?.length) where.push(`g.state = ANY (${bind(filter.state)})`);
  if (filter.endpointId) where.push(`g.endpoint_id = ${bind(filter.endpointId)}`);
  if (filter.chatId) where.push(`g.chat_id = ${bind(filter.chatId)}`);
  if (filter.from) where.push(`g.queued_at >= ${bind(filter.from)}`);
  if (filter.to) where.push(`g.queued_at < ${bind(filter.to)}`);
  if (filter.userId) where.push(ownedBy(bind(filter.userId)));
  if (filter.user) {
    const like = bind(containing(filter.user));
    where.push(
      `g.user_id IN (SELECT id FROM users WHERE name ILIKE ${like} OR (email ILIKE ${like} AND NOT is_anonymous))`,
    );
  }
  const { rows } = await db.query<LedgerRow>(
    `SELECT ${COLUMNS} FROM generations g JOIN users u ON u.id = g.user_id
     ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''}
     ORDER BY g.queued_at DESC, g.id DESC LIMIT ${bind(page.limit)}`,
    values,
  );
  return rows;
}

async function checkPlace(db: Queryable, scope: Scope, id: string): Promise<void> {
  const { rowCount } = await db.query(
    `SELECT FROM generations g WHERE g.id = $1 AND ($2 OR ${ownedBy('$3')})`,
    [id, scope.all, scope.userId],
  );
  if (!rowCount) throw invalidInput('cursor', say('cursor_unknown'));
}

// Not `input` and `parameters`: they are large and nobody's to list.
const COLUMNS = `
  g.id, g.user_id AS "userId", g.chat_id AS "chatId", g.message_id AS "messageId", g.endpoint_id AS "endpointId",
  g.model_id AS "modelId", g.client, g.state, g.class, g.queued_at AS "queuedAt", g.started_at AS "startedAt",
  g.first_token_at AS "firstTokenAt", g.finished_at AS "finishedAt", g.input_tokens AS "inputTokens",
  g.output_tokens AS "outputTokens", g.tokens_estimated AS "tokensEstimated", g.cost, g.finish_reason AS "finishReason", g.error, g.ttft_ms AS "ttftMs",
  g.duration_ms AS "durationMs",
  greatest(0, extract(epoch FROM g.started_at - g.queued_at) * 1000)::int AS "waitMs", u.name AS "userName"`;

/** A row as the API shows it; with the user where everybody's are read. */
export function presentEntry(row: LedgerRow, scope: Scope, place: Place = null): LedgerEntry {
  return {
    ...presentGeneration(row, place),
    endpoint: row.modelId.slice(0, row.modelId.indexOf('/')),
    tokensEstimated: row.tokensEstimated,
    finishReason: row.finishReason,
    waitMs: row.waitMs,
    ttftMs: row.ttftMs,
    durationMs: row.durationMs,
    cost: row.cost,
    ...(scope.all && { user: { id: row.userId, name: row.userName } }),
  };
}
