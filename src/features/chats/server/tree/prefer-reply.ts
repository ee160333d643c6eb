import type { NewPreference, Preference } from '#features/messages/opinions.ts';
import { chooseBranch, repliesBelow, savePreference } from '#features/messages/server/index.ts';
import { inTransaction } from '#platform/database/database.ts';
import { invalidInput } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import { lockMessage } from '../lock-message.ts';
import { publishChat } from '../publish-chat.ts';
import { publishMessageTo } from '../publish-message.ts';
import { say } from '../say.ts';
import { setLeaf } from './set-leaf.ts';

/**
 * Keeps which of several replies to a user's message the asker prefers, and goes on with the chosen one: with what was seen last
 * below it. Their other pages hear of it by a reply that was compared. 400 for what is no reply to it, for one that is named twice, and for a better one that is not named.
 */
export async function preferReply(
  services: Services,
  asker: Principal,
  messageId: string,
  preference: NewPreference,
): Promise<Preference> {
  const { saved, before, after } = await inTransaction(services.db, async (tx) => {
    const { chat, message } = await lockMessage(tx, asker, messageId);
    if (message.role !== 'user') throw invalidInput('userMessageId', say('only_persons_compared'));
    const { chosen, over } = preference;
    checkNames(preference, await repliesBelow(tx, messageId, chosen ? [chosen, ...over] : over));
    const kept = await savePreference(tx, asker.userId, message, preference);
    const leaf = chosen && (await chooseBranch(tx, chosen, chat.leafMessageId));
    return { saved: kept, before: chat, after: leaf ? await setLeaf(tx, chat, leaf) : chat };
  });
  if (after !== before) publishChat(services, after);
  publishMessageTo(services, asker, { id: saved.chosen ?? saved.over[0]!, chatId: saved.chatId });
  return saved;
}

function checkNames({ chosen, over, verdict }: NewPreference, replies: ReadonlySet<string>): void {
  if (chosen === null && verdict === 'better') throw invalidInput('chosen', say('name_the_better'));
  if (chosen !== null && !replies.has(chosen)) throw invalidInput('chosen', say('not_reply_to_that'));
  if (!over.every((id) => replies.has(id))) throw invalidInput('over', say('not_reply_to_that'));
  const named = new Set([chosen, ...over]);
  if (named.size < over.length + 1) throw invalidInput('over', say('named_twice'));
}
