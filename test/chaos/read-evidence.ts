/** Reads the database and the upstream's memory for the checker. */
import pg from 'pg';
import type { Upstream } from '#test/upstream/start-upstream.ts';
import { markOf, textOfParts } from './check.ts';
import type { Evidence, IndexedMessage, StoredGeneration, StoredLeaf, StoredMessage } from './evidence.ts';

export async function readDatabase(
  databaseUrl: string,
): Promise<Pick<Evidence, 'messages' | 'leaves' | 'indexed' | 'outbox' | 'generations'>> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const messages = await client.query<Omit<StoredMessage, 'text'> & { content: unknown }>(
      `SELECT id, chat_id AS "chatId", role, parent_id AS "parentId", deleted_at IS NOT NULL AS deleted,
         content FROM messages`,
    );
    const leaves = await client.query<StoredLeaf>(
      'SELECT id AS "chatId", leaf_message_id AS "leafId" FROM chats',
    );
    const indexed = await client.query<IndexedMessage>(
      `SELECT s.message_id AS "messageId", s.chat_id AS "chatId",
         s.scope_id = CASE WHEN c.visibility = 'shared' THEN c.project_id ELSE c.user_id END AS "inPlace"
       FROM message_search s LEFT JOIN chats c ON c.id = s.chat_id`,
    );
    const generations = await client.query<
      Omit<StoredGeneration, 'text' | 'events'> & { content: unknown; kept: boolean; log: Log | null }
    >(GENERATIONS);
    const outbox = await client.query<{ id: string }>('SELECT id FROM outbox');
    return {
      leaves: leaves.rows,
      indexed: indexed.rows,
      outbox: outbox.rows.map(({ id }) => id),
      messages: messages.rows.map(({ content, ...message }) => ({ ...message, text: textOfParts(content) })),
      generations: generations.rows.map(({ content, kept, log, ...generation }) => ({
        ...generation,
        text: content === null ? null : textOfParts(content),
        events: kept ? eventsOf(log) : null,
      })),
    };
  } finally {
    await client.end();
  }
}

type Log = { first: number; events: [type: string, data: Record<string, unknown>][] }[];

const eventsOf = (log: Log | null) =>
  (log ?? []).flatMap(({ first, events }) =>
    events.map(([type, data], index) => ({ seq: first + index, type, data })),
  );

const GENERATIONS = `
  SELECT g.id, user_message_id AS "userMessageId", message_id AS "replyId", retry_of AS "retryOf", state, epoch,
    extract(epoch FROM queued_at)::float8 * 1000 AS "queuedAt", started_at IS NOT NULL AS started,
    extract(epoch FROM finished_at)::float8 * 1000 AS "finishedAt",
    lease_until IS NOT NULL OR worker_id IS NOT NULL AS leased,
    charged, output_tokens AS "outputTokens", last_seq AS "lastSeq", events_kept AS kept, m.content,
    (SELECT json_agg(json_build_object('first', first_seq, 'events', events) ORDER BY first_seq)
     FROM generation_events e WHERE e.generation_id = g.id) AS log
  FROM generations g LEFT JOIN messages m ON m.id = g.message_id`;

/** The upstream's calls; \`performance.now()\` of this process is told as milliseconds since 1970. */
export const readCalls = (upstream: Upstream): Evidence['calls'] =>
  upstream.requests.map((call, number) => ({
    number,
    mark: markOf(call.prompt),
    startedAt: performance.timeOrigin + call.startedAt,
    open: call.closedAt === null,
  }));
