import type { Queryable } from '#platform/database/database.ts';
import type { SearchHit } from '../search.ts';
import { mayFind } from './access.ts';
import type { Wanted } from './find-sql.ts';
import type { FoundOf } from './page-through.ts';
import { plainText } from './plain-text.ts';
import { beginningOf, firstMarkedSql, lookedThroughSql, markedSql, toSnippet } from './snippet.ts';

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

/** Messages are Markdown, and shown without its marks: they are taken out before the pieces are cut, where all of a link is there. */
async function readMessages(db: Queryable, { userId, words }: Wanted, ids: string[]): Promise<Row[]> {
  const { rows } = await db.query<Omit<Row, 'marked'> & { body: string }>(
    `SELECT c.id AS "chatId", m.id AS "messageId", c.title, m.role, m.created_at AS "createdAt", c.project_id AS "projectId",
       ${lookedThroughSql('search_body(m.content)')} AS body
     FROM messages m JOIN chats c ON c.id = m.chat_id
     WHERE m.id = ANY ($2::uuid[]) AND m.deleted_at IS NULL AND ${mayFind('$1::uuid')}`,
    [userId, ids],
  );
  const plain = rows.map(({ body }) => plainText(body, { addresses: false }));
  const marked = words
    ? await markEach(
        db,
        words,
        plain,
        rows.map(({ body }) => plainText(body, { addresses: true })),
      )
    : plain.map(beginningOf);
  return rows.map(({ body: _body, ...row }, nth) => ({ ...row, marked: marked[nth]! }));
}

/** Each text with the words marked; the other one in its place where the words are found in that alone: in an address, say. */
async function markEach(db: Queryable, words: string, texts: string[], others: string[]): Promise<string[]> {
  const { rows } = await db.query<{ marked: string }>(
    `SELECT ${firstMarkedSql(['t.text', 't.other'], '$1')} AS marked
     FROM unnest($2::text[], $3::text[]) WITH ORDINALITY t (text, other, nth) ORDER BY t.nth`,
    [words, texts, others],
  );
  return rows.map(({ marked }) => marked);
}

/** Of a chat whose title does not have the words, what else was written about it does; or the title has them misspelt. */
async function readChats(db: Queryable, { userId, words }: Wanted, ids: string[]): Promise<Row[]> {
  const about = `concat_ws(' · ', nullif(c.description, ''), nullif(array_to_string(c.tags, ' · '), ''))`;
  const marked = words
    ? `CASE WHEN k.tsv @@ search_query($3) AND NOT ts_filter(k.tsv, '{a}') @@ search_query($3)
         THEN ${markedSql(lookedThroughSql(about), '$3')} ELSE ${markedSql(lookedThroughSql('c.title'), '$3', true)} END`
    : 'c.title';
  const { rows } = await db.query<Row>(
    `SELECT c.id AS "chatId", NULL AS "messageId", c.title, NULL AS role, c.created_at AS "createdAt",
       c.project_id AS "projectId", ${marked} AS marked
     FROM chats c JOIN chat_search k ON k.chat_id = c.id WHERE c.id = ANY ($2::uuid[]) AND ${mayFind('$1::uuid')}`,
    [userId, ids, ...(words ? [words] : [])],
  );
  return rows;
}
