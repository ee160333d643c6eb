import type { Tx } from '#platform/database/database.ts';
import type { Due } from './due.ts';
import { SCOPE } from './scope.ts';

/** Messages of a chat that has moved, up to which it waits for nobody. */
const FEW = 200;

/**
 * Enters what was written about chats, as it is now, and makes those of their messages due that are not in the index, or in another
 * place of it. Their messages follow one by one: those of a long chat are no single batch.
 */
export async function indexChats(tx: Tx, due: readonly Due[]): Promise<void> {
  // With a message its chat as well: it says who answered there, and may be due only later.
  const ids = [...new Set(due.map(({ chatId }) => chatId))];
  const own = [...new Set(due.filter(({ messageId }) => messageId === null).map(({ chatId }) => chatId))];
  await tx.query({
    name: 'search-index-chats',
    text: `INSERT INTO chat_search AS k (chat_id, scope_id, tsv, letters)
           SELECT c.id, ${SCOPE}, setweight(search_vector(c.title), 'A')
             || setweight(search_vector(array_to_string(c.tags, E'\\n')), 'B') || setweight(search_vector(c.description), 'C'),
             search_letters(c.title)
           FROM chats c WHERE NOT c.temporary
             AND (c.id = ANY ($1::uuid[]) OR c.id = ANY ($2::uuid[]) AND NOT EXISTS (SELECT FROM chat_search o WHERE o.chat_id = c.id))
           ON CONFLICT (chat_id) DO UPDATE SET scope_id = excluded.scope_id, tsv = excluded.tsv, letters = excluded.letters`,
    values: [own, ids],
  });
  const moved = due.filter(({ whole }) => whole).map(({ chatId }) => chatId);
  if (moved.length > 0) await dueMessages(tx, [...new Set(moved)], due[0]!.bulk);
}

const dueMessages = (tx: Tx, chatIds: readonly string[], bulk: boolean): Promise<unknown> =>
  tx.query({
    name: 'search-due-messages',
    text: `INSERT INTO search_due (bulk, chat_id, message_id)
           SELECT $2 OR count(*) OVER (PARTITION BY m.chat_id) > ${FEW}, m.chat_id, m.id
           FROM messages m JOIN chats c ON c.id = m.chat_id LEFT JOIN message_search s ON s.message_id = m.id
           WHERE m.chat_id = ANY ($1::uuid[]) AND NOT c.temporary AND s.scope_id IS DISTINCT FROM ${SCOPE}
             AND (m.role <> 'assistant' OR m.generation_id IS NULL OR m.ending IS NOT NULL)
           ORDER BY m.created_at DESC`,
    values: [chatIds, bulk],
  });
