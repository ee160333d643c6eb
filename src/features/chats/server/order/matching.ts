/** What a filter asks for, in SQL. */
import { and, arrayContains, eq, gte, ilike, lt, not, type SQL, sql } from 'drizzle-orm';
import { Metadata } from '#fields';
import { parseBounded } from '#platform/bounded-json.ts';
import type { Db } from '#platform/database/database.ts';
import { containing } from '#platform/database/like.ts';
import { invalidInput } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import type { BulkFilter, ChatFilter } from '../../chat-filter.ts';
import { listedFor, whereWordsAre } from '../access.ts';
import { say } from '../say.ts';
import { chats } from '../tables.ts';

/** The filters of a list, from a query or from JSON; of the one `archived` has a default, of the other the action decides. */
type Filter = Omit<ChatFilter, 'limit' | 'cursor' | 'total' | 'archived' | 'pinned' | 'metadata'> &
  Pick<BulkFilter, 'archived' | 'pinned'> & { metadata?: string | Record<string, unknown> | undefined };

/** The conditions of a filter on the chats that are listed for the asker; 400 for metadata that is no object. */
export function matching(asker: Principal, filter: Filter): SQL | undefined {
  const { projectId, visibility, agentId, modelId, after, before, tag, q, description } = filter;
  const tags = [tag ?? []].flat().filter((each) => each !== '');
  return and(
    listedFor(asker, projectId),
    ifSaid(filter.archived, (archived) => eq(chats.archived, archived)),
    // Said as it is in the index of those that are pinned.
    ifSaid(filter.pinned, (pinned) => (pinned ? sql`${chats.pinned}` : not(chats.pinned))),
    visibility === undefined ? undefined : eq(chats.visibility, visibility),
    agentId === undefined ? undefined : eq(chats.agentId, agentId),
    modelId ? eq(chats.modelId, modelId) : undefined,
    after ? gte(chats.activeAt, new Date(after)) : undefined,
    before ? lt(chats.activeAt, new Date(before)) : undefined,
    tags.length > 0 ? arrayContains(chats.tags, tags) : undefined,
    q ? whereWordsAre(asker, projectId, containing(q)) : undefined,
    // The index of words knows where it may be; what else they are of is looked at after that.
    description
      ? and(
          whereWordsAre(asker, projectId, containing(description)),
          ilike(chats.description, containing(description)),
        )
      : undefined,
    withMetadata(filter.metadata),
  );
}

const ifSaid = (value: Filter['archived'], then: (value: boolean) => SQL): SQL | undefined =>
  value === undefined || value === 'all' ? undefined : then(value === true || value === 'true');

/** Containment, as PostgreSQL means it: the same values under the same names, at any depth. */
function withMetadata(said: Filter['metadata']): SQL | undefined {
  if (said === undefined || said === '') return undefined;
  const wanted = typeof said === 'string' ? readMetadata(said) : said;
  if (Object.keys(wanted).length === 0) return undefined;
  return sql`(${chats.metadata} <> '{}' AND ${chats.metadata} @> ${JSON.stringify(wanted)}::jsonb)`;
}

function readMetadata(text: string): Record<string, unknown> {
  try {
    return Metadata.parse(parseBounded(text)) as Record<string, unknown>;
  } catch {
    throw invalidInput('metadata', say('metadata_not_object'));
  }
}

/** Ids of all chats that a filter matches, in no order; 400 when there are more than `most`. */
export async function idsMatching(db: Db, asker: Principal, filter: Filter, most: number): Promise<string[]> {
  const rows = await db
    .select({ id: chats.id })
    .from(chats)
    .where(matching(asker, filter))
    .limit(most + 1);
  if (rows.length > most) throw invalidInput('filter', say('bulk_too_many', { max: most }));
  return rows.map(({ id }) => id);
}
