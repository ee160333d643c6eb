import type { Tx } from '#platform/database/database.ts';
import type { Due } from './due.ts';
import { SCOPE } from './scope.ts';

/** Enters messages as they are now; what is gone meanwhile, or is in a temporary chat, is not in the index. */
export async function indexMessages(tx: Tx, due: readonly Due[]): Promise<void> {
  const ids = [...new Set(due.flatMap(({ messageId }) => messageId ?? []))];
  if (ids.length === 0) return;
  await tx.query({
    name: 'search-index-messages',
    text: `
      WITH entered AS (
        INSERT INTO message_search AS s (message_id, chat_id, scope_id, created_at, tsv, has_code, has_file)
        SELECT m.id, c.id, ${SCOPE}, m.created_at, search_vector(said.body),
          (strpos(said.body, '\`\`\`') > 0 OR strpos(said.body, '~~~') > 0) AND said.body ~ '(^|\\n)[ >]*(\`\`\`|~~~)',
          jsonb_path_exists(m.content, 'lax $[*] ? (@.type == "file")')
        FROM messages m JOIN chats c ON c.id = m.chat_id
          CROSS JOIN LATERAL (SELECT search_body(m.content) AS body OFFSET 0) said
        WHERE m.id = ANY ($1::uuid[]) AND NOT c.temporary
        ON CONFLICT (message_id) DO UPDATE SET scope_id = excluded.scope_id, tsv = excluded.tsv,
          has_code = excluded.has_code, has_file = excluded.has_file
        RETURNING message_id, chat_id
      ), writers AS (
        SELECT e.chat_id, array_agg(DISTINCT name) AS names
        FROM entered e JOIN messages m ON m.id = e.message_id
          CROSS JOIN LATERAL (VALUES ('agent:' || m.agent_id), ('model:' || lower(m.ending->>'model')),
            ('model:' || substr(lower(m.ending->>'model'), strpos(m.ending->>'model', '/') + 1))) AS v (name)
        WHERE m.role = 'assistant' AND name IS NOT NULL GROUP BY 1
      )
      UPDATE chat_search k SET answered = (SELECT array_agg(DISTINCT name) FROM unnest(k.answered || w.names) name)
      FROM writers w WHERE k.chat_id = w.chat_id AND NOT k.answered @> w.names`,
    values: [ids],
  });
}
