/** What follows the end of a generation that was to make a title. */
import { z } from 'zod';
import { bytesOfChat, growStorage } from '#features/accounts/server/index.ts';
import {
  type Follower,
  type FollowUp,
  follower,
  type GenerationRow,
  readLoggedText,
} from '#features/generations/server/index.ts';
import { Id } from '#fields';
import type { AfterCommit, Tx } from '#platform/database/database.ts';
import { camelRow } from '#platform/database/rows.ts';
import { AppError } from '#platform/errors.ts';
import type { Services } from '#platform/services.ts';
import { lockAnyChat } from '../access.ts';
import type { ChatRow } from '../present-chat.ts';
import { publishChat } from '../publish-chat.ts';
import { cleanTitle } from './clean-title.ts';

export const TITLE_ANSWERED: FollowUp<{ chatId: string }> = {
  kind: 'title-answered',
  input: z.object({ chatId: Id }),
};

/**
 * Gives the chat the title, unless somebody has written one meanwhile, and tells everybody who may read it. Where none came the chat keeps
 * the one it has, for good: nobody asked, so nothing is asked again.
 */
export const followTitle = (services: Services): Follower =>
  follower(TITLE_ANSWERED, (tx, ended, { chatId }, afterCommit) =>
    setTitle(tx, services, ended, chatId, afterCommit),
  );

async function setTitle(
  tx: Tx,
  services: Services,
  ended: GenerationRow,
  chatId: string,
  afterCommit: AfterCommit,
): Promise<void> {
  const chat = await lockAnyChat(tx, chatId);
  if (chat?.titling !== 'asked') return;
  const made = ended.state === 'completed' ? cleanTitle(await readLoggedText(tx, ended.id)) : null;
  const title = chat.temporary ? null : made;
  const { rows } = await tx.query(
    `UPDATE chats SET titling = NULL, title = coalesce($2, title),
       updated_at = CASE WHEN $2::text IS NULL THEN updated_at ELSE greatest(updated_at, now()) END
     WHERE id = $1 RETURNING *`,
    [chatId, title],
  );
  if (title === null) return;
  const titled = camelRow<ChatRow>(rows[0]!);
  const bytes = bytesOfChat(titled) - bytesOfChat(chat);
  // Counted as a guest's: of whom is none, there is no address to count it for.
  await growStorage(tx, { userId: chat.userId, role: 'guest' }, { bytes })
    // As of a reply, what a model has written is kept also where it is more than they may store.
    .catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
    });
  if (!titled.deletedAt) afterCommit(() => publishChat(services, titled));
}
