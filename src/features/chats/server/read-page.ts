import type { BranchQuery } from '#features/messages/messages.ts';
import { branchAround, branchBelow, branchOf, type InnerPage } from '#features/messages/server/index.ts';
import type { Queryable } from '#platform/database/database.ts';
import { PAGE_BYTES } from '#platform/database/page-bytes.ts';

type Shown = { id: string; leafMessageId: string | null };
/** `nextFrom` is left out where nobody asked what is below the page. */
type Page = Omit<InnerPage, 'nextFrom'> & Partial<Pick<InnerPage, 'nextFrom'>>;

/** The page of a chat's shown branch that a query asks for. */
export function readPage(
  db: Queryable,
  { id, leafMessageId }: Shown,
  { limit, before, from, around }: BranchQuery,
): Promise<Page> {
  const bounds = { limit, bytes: PAGE_BYTES };
  if (around) return branchAround(db, id, leafMessageId, { ...bounds, messageId: around });
  if (from) return branchBelow(db, id, leafMessageId, { ...bounds, fromId: from, field: 'from' });
  return branchOf(db, id, leafMessageId, { ...bounds, before });
}
