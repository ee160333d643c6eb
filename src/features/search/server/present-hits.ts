import type { Queryable } from '#platform/database/database.ts';
import type { SearchHit } from '../search.ts';
import { mayFind } from './access.ts';
import type { Wanted } from './find-sql.ts';
import type { FoundOf } from './page-through.ts';
import { markedSql, toSnippet } from './snippet.ts';

export type HitKind = 'message' | 'title' | 'chat';

type Row = Omit<SearchHit, 'snippet' | 'createdAt'> & { marked: string; createdAt: Date };

/** Finds as they are answered, in their order; one that is not to be found any more is left out. */
export async function presentHits(
  db: Queryable,
  wanted: Wanted,
  found: readonly FoundOf<HitKind>[],
): Promise<SearchHit[]> {
  const idsOf = (...kinds: HitKind[]) => found.filter(({ kind }) => kinds.includes(kind)).map(({ id }) => id);
  const [messageIds, chatIds] = [idsOf('message'), idsOf('title', 'chat')];
  const rows = [
    ...(messageIds.length > 0 ? await readMessages(db, wanted, messageIds) : []),
    ...(chatIds.length > 0 ? await readChats(db, wanted, chatIds) : []),
  ];
  const byId = new Map(rows.map((row) => [row.messageId ?? row.chatId, row]));
  return found.flatMap(({ id }) => {
    const row = byId.get(id);
    if (!row) return [];
    const { marked, createdAt, ...hit } = row;
    return { ...hit, snippet: toSnippet(marked), createdAt: createdAt.toISOString() };
  });
}

const asked = ({ words }: Wanted): { values: unknown[]; query: string | null } =>
  words ? { values: [words], query: '$3' } : { values: [], query: null };

async function readMessages(db: Queryable, wanted: Wanted, ids: string[]): Promise<Row[]> {
  const { values, query } = asked(wanted);
  const { rows } = await db.query<Row>(
    `SELECT c.id AS "chatId", m.id AS "messageId", c.title, m.role, m.created_at AS "createdAt", c.project_id AS "projectId",
       ${markedSql('search_body(m.content)', query)} AS marked
     FROM messages m JOIN chats c ON c.id = m.chat_id
     WHERE m.id = ANY ($2::uuid[]) AND m.deleted_at IS NULL AND ${mayFind('$1::uuid')}`,
    [wanted.userId, ids, ...values],
  );
  return rows;
}

/** Of a chat whose title does not have the words, what else was written about it does; or the title has them misspelt. */
async function readChats(db: Queryable, wanted: Wanted, ids: string[]): Promise<Row[]> {
  const { values, query } = asked(wanted);
  const about = `concat_ws(' · ', nullif(c.description, ''), nullif(array_to_string(c.tags, ' · '), ''))`;
  const marked = query
    ? `CASE WHEN k.tsv @@ search_query(${query}) AND NOT ts_filter(k.tsv, '{a}') @@ search_query(${query})
         THEN ${markedSql(about, query)} ELSE ${markedSql('c.title', query, true)} END`
    : 'c.title';
  const { rows } = await db.query<Row>(
    `SELECT c.id AS "chatId", NULL AS "messageId", c.title, NULL AS role, c.created_at AS "createdAt",
       c.project_id AS "projectId", ${marked} AS marked
     FROM chats c JOIN chat_search k ON k.chat_id = c.id WHERE c.id = ANY ($2::uuid[]) AND ${mayFind('$1::uuid')}`,
    [wanted.userId, ids, ...values],
  );
  return rows;
}
