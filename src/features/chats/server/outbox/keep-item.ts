import { growStorage } from '#features/accounts/server/index.ts';
import { resolveModel } from '#features/endpoints/server/index.ts';
import { assertMessageOf } from '#features/messages/server/index.ts';
import type { AfterCommit, Tx } from '#platform/database/database.ts';
import { camelRow } from '#platform/database/rows.ts';
import { AppError, invalidInput } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import { type NewMessage, toParts } from '../../chats.ts';
import { ownPlaces } from '../access.ts';
import type { ChatRow } from '../present-chat.ts';
import type { Origin } from '../queue-reply.ts';
import { say } from '../say.ts';
import { type OutboxRow, outboxColumns } from './outbox-row.ts';
import { publishItem } from './publish-item.ts';

/** What one person may have waiting in one chat. */
const MAX_ITEMS = 50;

/**
 * Keeps a message in the outbox, behind all that waits in its chat, which the caller has locked. What a send would refuse whatever
 * comes before it is refused now: 400 for an unknown model or parent. 409 when 50 of the asker's wait there, or the id is taken; 403
 * `storage_limit`.
 */
export async function keepItem(
  tx: Tx,
  services: Pick<Services, 'bus'>,
  asker: Principal,
  chat: ChatRow,
  input: NewMessage,
  origin: Origin,
  afterCommit: AfterCommit,
): Promise<OutboxRow> {
  const { id = newId(), replyId, content, when: _when, ...asked } = input;
  if (id === replyId) throw invalidInput('replyId', say('reply_needs_own_id'));
  if (asked.parentId) await assertMessageOf(tx, chat.id, asked.parentId, 'parentId');
  for (const field of ['modelId', 'modelIds'] as const)
    for (const model of [asked[field] ?? []].flat())
      if (!(await resolveModel(tx, model)))
        throw invalidInput(field, say('no_such_model', { model: model.slice(0, 200) }));
  if ((await ownPlaces(tx, asker, chat.id)).length >= MAX_ITEMS)
    throw new AppError('conflict', say('outbox_full', { max: MAX_ITEMS }));
  const { rows } = await tx.query({
    name: 'outbox-keep',
    text: `INSERT INTO outbox AS o (id, chat_id, user_id, reply_id, content, input, position)
           SELECT $1, $2, $3, $4, $5, $6, coalesce(max(position) + 1, 0) FROM outbox WHERE chat_id = $2
           ON CONFLICT (id) DO NOTHING RETURNING ${outboxColumns('o')}`,
    values: [
      id,
      chat.id,
      asker.userId,
      replyId ?? null,
      JSON.stringify(toParts(content)),
      JSON.stringify({ ...asked, client: origin.client }),
    ],
  });
  if (!rows[0]) throw new AppError('conflict', say('message_id_taken'), { field: 'id' });
  const item = camelRow<OutboxRow>(rows[0]);
  await growStorage(tx, asker, { bytes: item.bytes });
  afterCommit(() => publishItem(services, item, origin.connection));
  return item;
}
