/** What a chat's replies are to be made with: a known model, and an agent that may answer where the chat is. */
import { findAnswering } from '#features/agents/server/index.ts';
import { assertSettings } from '#features/settings/server/index.ts';
import type { Queryable } from '#platform/database/database.ts';
import { invalidInput } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import type { ChatPatch } from '../../chats.ts';
import type { Place } from '../place-for.ts';
import type { ChatRow } from '../present-chat.ts';
import { say } from '../say.ts';

type Made = Pick<ChatPatch, 'agentId' | 'settings'>;

/** Refuses, with 400, a model that is not known and an agent that may not answer at `place`. */
export async function assertMade(
  tx: Queryable,
  asker: Principal,
  place: Place,
  { agentId, settings }: Made,
): Promise<void> {
  if (settings) await assertSettings(tx, settings, 'settings');
  if (agentId && !(await findAnswering(tx, asker.userId, agentId, place)))
    throw invalidInput('agentId', say('agent_cannot_answer'));
}

/** The agent of a chat that changes, at the place where it is to be: the one named, else its own while it may answer there. */
export async function madeAnew(
  tx: Queryable,
  asker: Principal,
  chat: Pick<ChatRow, 'agentId'> & Place,
  change: Made & Partial<Place>,
): Promise<Pick<ChatRow, 'agentId'>> {
  await assertMade(tx, asker, chat, change);
  if (change.agentId !== undefined) return { agentId: change.agentId };
  const moves = change.projectId !== undefined || change.visibility !== undefined;
  if (chat.agentId === null || !moves) return { agentId: chat.agentId };
  return { agentId: (await findAnswering(tx, asker.userId, chat.agentId, chat)) ? chat.agentId : null };
}
