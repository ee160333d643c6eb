import type { Ending, GenerationError } from '#features/messages/endings.ts';
import type { Part, Role, Source } from '#features/messages/messages.ts';
import type { Tx } from '#platform/database/database.ts';
import type { Principal } from '#platform/principal.ts';
import { OWN_PREFERENCES, OWN_RATING } from '../access.ts';
import type { Original } from '../originals.ts';

/** Rows read at a time, and the bytes of JSON they may have together; one that has more comes alone. */
const PAGE = { rows: 200, bytes: 2 * 2 ** 20 };

/** The ledger's row of the generation that wrote a message, with the times in ISO. */
export type LedgerRow = {
  id: string;
  userId: string;
  chatId: string | null;
  projectId: string | null;
  modelId: string;
  agentId: string | null;
  agentVersion: number | null;
  parameters: Record<string, unknown>;
  state: string;
  finishReason: string | null;
  queuedAt: string;
  startedAt: string | null;
  firstTokenAt: string | null;
  finishedAt: string | null;
  ttftMs: number | null;
  durationMs: number | null;
  inputTokens: number | null;
  outputTokens: number | null;
  tokensEstimated: boolean;
  cost: number | null;
  error: GenerationError | null;
};

export type PreferenceRow = {
  chosen: string | null;
  over: string[];
  verdict: string;
  reason: string;
  createdAt: string;
};

/** A message with all that belongs to it, as far as the asker may know. */
export type MessageRow = {
  id: string;
  parentId: string | null;
  role: Role;
  content: Part[];
  source: Source | null;
  authorId: string | null;
  ending: Ending | null;
  metadata: Record<string, unknown>;
  editedFrom: string | null;
  excluded: boolean;
  originalId: string | null;
  createdAt: Date;
  ordinal: number;
  generation: LedgerRow | null;
  rating: { value: 1 | -1 | null; tags: string[]; comment: string; updatedAt: string } | null;
  preferences: PreferenceRow[] | null;
  original: Original | null;
};

/** Every living message of a chat: parents before their children, siblings in their order. A page of them is held at a time. */
export async function* readMessages(
  tx: Tx,
  { userId }: Pick<Principal, 'userId'>,
  chatId: string,
): AsyncGenerator<MessageRow[]> {
  for (let after = 0; ; ) {
    const { rows } = await tx.query<MessageRow>({
      name: 'export-messages',
      text: MESSAGES,
      values: [userId, chatId, after, PAGE.rows, PAGE.bytes],
    });
    if (rows.length === 0) return;
    yield rows;
    after = rows.at(-1)!.ordinal;
  }
}

const ISO = (time: string): string => `to_char(${time} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const LEDGER = `
  CASE WHEN g.id IS NOT NULL THEN jsonb_build_object('id', g.id, 'userId', g.user_id, 'chatId', g.chat_id,
    'projectId', g.project_id, 'modelId', g.model_id, 'agentId', g.agent_id, 'agentVersion', g.agent_version,
    'parameters', g.parameters, 'state', g.state, 'finishReason', g.finish_reason, 'queuedAt', ${ISO('g.queued_at')},
    'startedAt', ${ISO('g.started_at')}, 'firstTokenAt', ${ISO('g.first_token_at')}, 'finishedAt', ${ISO('g.finished_at')},
    'ttftMs', g.ttft_ms, 'durationMs', g.duration_ms, 'inputTokens', g.input_tokens, 'outputTokens', g.output_tokens,
    'tokensEstimated', g.tokens_estimated, 'cost', g.cost, 'error', g.error) END`;
const RATING = `
  (SELECT jsonb_build_object('value', r.value, 'tags', r.tags, 'comment', r.comment, 'updatedAt', ${ISO('r.updated_at')})
   FROM ratings r WHERE ${OWN_RATING})`;
const PREFERENCES = `
  (SELECT jsonb_agg(jsonb_build_object('chosen', p.chosen, 'over', p.over, 'verdict', p.verdict, 'reason', p.reason,
     'createdAt', ${ISO('p.created_at')}) ORDER BY p.created_at, p.id)
   FROM preferences p WHERE ${OWN_PREFERENCES})`;

/** Of the rows that come next, those that fit into a page: their sizes are summed before anything large leaves the database. */
const MESSAGES = `
  SELECT m.id, m.parent_id AS "parentId", m.role, m.content, m.source, m.author_id AS "authorId", m.ending, m.metadata,
    m.edited_from AS "editedFrom", m.excluded, m.original_id AS "originalId", m.created_at AS "createdAt", m.ordinal,
    ${LEDGER} AS generation, ${RATING} AS rating, ${PREFERENCES} AS preferences, m.record AS original
  FROM (
    SELECT n.*, row_number() OVER (ORDER BY n.ordinal) AS place,
      sum(octet_length(n.content::text) + octet_length(n.metadata::text) + coalesce(octet_length(n.record::text), 0))
        OVER (ORDER BY n.ordinal) AS up_to
    FROM (SELECT s.*, o.record FROM messages s
          LEFT JOIN originals o ON o.chat_id = s.chat_id AND o.message_id = s.id
          WHERE s.chat_id = $2 AND s.ordinal > $3 AND s.deleted_at IS NULL ORDER BY s.ordinal LIMIT $4) n) m
  LEFT JOIN generations g ON g.id = m.generation_id
  WHERE m.place = 1 OR m.up_to <= $5 ORDER BY m.ordinal`;
