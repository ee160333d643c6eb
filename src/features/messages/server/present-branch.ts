import type { Queryable } from '#platform/database/database.ts';
import type { Principal } from '#platform/principal.ts';
import type { Message } from '../messages.ts';
import { comparedAmong } from './compared.ts';
import { preferencesOf } from './preferences.ts';
import { type MessageHome, type MessageRow, presentMessage } from './present-message.ts';
import { ratingsOf } from './ratings.ts';
import { siblingsOf } from './siblings-of.ts';

/** Messages of one chat as the asker sees them, each with its siblings and with what they think of it. */
export async function presentBranch(
  db: Queryable,
  { userId }: Pick<Principal, 'userId'>,
  chat: MessageHome,
  rows: readonly MessageRow[],
): Promise<Message[]> {
  const ids = rows.map(({ id }) => id);
  const [siblings, ratings] = await Promise.all([siblingsOf(db, chat.id, rows), ratingsOf(db, userId, ids)]);
  const shown = rows.map((row) => ({
    ...presentMessage(chat, row),
    siblings: siblings.get(row.id),
    rating: ratings.get(row.id) ?? null,
  }));
  return withCompared(db, userId, shown);
}

/** Says of each reply that was made in a comparison which others were, and which of them the user preferred. */
async function withCompared(db: Queryable, userId: string, shown: readonly Message[]): Promise<Message[]> {
  const groups = shown.map(({ id, parentId, siblings }) => {
    const among = comparedAmong({ parentId, siblings: siblings?.ids ?? [] });
    return among.includes(id) ? among : null;
  });
  const questions = shown.flatMap(({ parentId }, index) => (groups[index] && parentId) || []);
  if (questions.length === 0) return [...shown];
  const preferences = await preferencesOf(db, userId, questions);
  return shown.map((message, index) => {
    const ids = groups[index];
    if (!ids) return message;
    return { ...message, compared: { ids, preference: preferences.get(message.parentId!) ?? null } };
  });
}
