/** One action on many chats, named by their ids or by what they have in common. */
import { cancelGenerationsOfChats } from '#features/generations/server/index.ts';
import { inTransaction, type Tx } from '#platform/database/database.ts';
import { invalidInput } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import type { Bulk, BulkDone } from '../../order.ts';
import { placeFor } from '../place-for.ts';
import { say } from '../say.ts';
import { ACTIONS } from './actions.ts';
import { type Asked, type ChangedChat, changeMany, lockAuthors } from './change-many.ts';
import { keepUndo } from './keep-undo.ts';
import { idsMatching } from './matching.ts';
import { publishMany } from './publish-many.ts';

/** A filter that matches more is refused: one transaction changes all of them. */
const MOST_MATCHED = 100_000;

/**
 * Does it to those of the chats to which it can be done and with which the asker has the right that a single change needs; others'
 * and unknown ones are passed over, and not counted. All in one transaction, with what takes it back. 400 for a body that does not
 * say which chats, or what the action needs; 403 `chat_limit` when one comes back from the archive for which there is no room:
 * then none does.
 */
export async function bulkChats(services: Services, asker: Principal, bulk: Bulk): Promise<BulkDone> {
  assertWhole(bulk);
  const ids = bulk.ids ?? (await idsOf(services, asker, bulk));
  const asked: Asked = { sql: 'unnest($2::uuid[]) AS asked(id)', value: [...new Set(ids)] };
  const { changed, undo } = await inTransaction(services.db, async (tx) => {
    const authors = await lockAuthors(tx, asker, asked);
    const values = await valuesOf(tx, asker, bulk);
    const change = ACTIONS[bulk.action];
    const changed = await changeMany(tx, services, asker, { asked, authors, change, values });
    const undo = await keepUndo(tx, asker, bulk, changed);
    return { changed, undo };
  });
  await publishMany(services, changed);
  if (bulk.action === 'delete') await stopIn(services, changed);
  return { count: changed.length, undo };
}

function assertWhole({ ids, filter, action, tag, projectId }: Bulk): void {
  if ((ids === undefined) === (filter === undefined)) throw invalidInput('ids', say('bulk_which'));
  if (filter && Object.values(filter).every(isNothing))
    throw invalidInput('filter', say('bulk_filter_empty'));
  if ((action === 'tag' || action === 'untag') && tag === undefined)
    throw invalidInput('tag', say('bulk_needs_tag'));
  if (action === 'move' && projectId === undefined)
    throw invalidInput('projectId', say('bulk_needs_project'));
}

/** Not said, or metadata without a name in it, which every chat has. */
const isNothing = (value: unknown): boolean =>
  value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);

/** As in the list, active ones unless it says otherwise; what comes back from the archive is looked for there. */
const idsOf = ({ db }: Services, asker: Principal, { filter, action }: Bulk): Promise<string[]> =>
  idsMatching(db, asker, { archived: action === 'restore', ...filter }, MOST_MATCHED);

/** What the action's SQL names beside who asks and which chats. */
async function valuesOf(tx: Tx, asker: Principal, { action, tag, projectId }: Bulk): Promise<unknown[]> {
  if (action === 'tag' || action === 'untag') return [tag];
  if (action !== 'move') return [];
  const place = await placeFor(tx, asker, { projectId });
  return [place.projectId, place.visibility];
}

/** Sends lock the chat and look again, so nothing can be queued there after this. The chats are deleted either way. */
const stopIn = (services: Services, changed: readonly ChangedChat[]): Promise<void> =>
  cancelGenerationsOfChats(
    services,
    changed.map(({ id }) => id),
  ).catch((error: unknown) => {
    services.log.warn({ err: error, chats: changed.length }, 'deleted chats may still be generating');
  });
