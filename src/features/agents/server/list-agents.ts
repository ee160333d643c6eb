import type { Queryable } from '#platform/database/database.ts';
import { PAGE_BYTES } from '#platform/database/page-bytes.ts';
import type { Principal } from '#platform/principal.ts';
import type { Agent, AgentFilter } from '../agents.ts';
import { mayRead, SHOWN_TO_ASKER } from './access.ts';
import { type AgentRow, presentAgent } from './present-agent.ts';

type Listed = AgentRow & { found: number };

/**
 * A page of the agents that the asker may use, newest first: their own, those of their projects and those of everybody, or what of
 * them the filter leaves. Ends at `limit` agents or 2 MiB of instructions.
 */
export async function listAgents(
  db: Queryable,
  { userId, role }: Principal,
  { scope, projectId, archived, cursor, limit }: AgentFilter,
): Promise<{ items: Agent[]; nextCursor: string | null }> {
  const { rows } = await db.query<Listed>({
    name: 'list-agents',
    text: `WITH next AS (
             SELECT ${SHOWN_TO_ASKER}
             WHERE ${mayRead('$1')} AND ($3::text IS NULL OR a.scope = $3) AND ($4::uuid IS NULL OR a.project_id = $4)
               AND ($5::bool IS NULL OR a.archived = $5) AND ($6::uuid IS NULL OR a.id < $6)
             ORDER BY a.id DESC LIMIT $7
           ), measured AS (
             SELECT *, row_number() OVER newest AS nth, count(*) OVER ()::int AS found,
               sum(octet_length(instructions)) OVER newest AS up_to
             FROM next WINDOW newest AS (ORDER BY id DESC)
           )
           SELECT * FROM measured WHERE nth = 1 OR up_to <= ${PAGE_BYTES} ORDER BY nth`,
    values: [
      userId,
      role === 'admin',
      scope ?? null,
      projectId ?? null,
      archived === 'all' ? null : archived === 'true',
      cursor ?? null,
      limit + 1,
    ],
  });
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map(presentAgent),
    nextCursor: last && last.found > items.length ? last.id : null,
  };
}
