import { textOf } from '#features/messages/rules.ts';
import { branchOf, firstMessageOf, type MessageRow } from '#features/messages/server/index.ts';
import type { Database } from '#platform/database/database.ts';
import type { ProviderMessage } from '#providers/provider.ts';
import type { Claimed } from '../queue/claim.ts';
import { estimateTokens } from '../queue/fair-share.ts';
import { roomIn } from './window.ts';

/**
 * Bytes of messages that are read for a model: reasoning and JSON take room that the model never sees, so it is more than
 * the text that fits, and at least and at most this.
 */
const READ_BYTES = { perToken: 16, least: 1024 * 1024, most: 8 * 1024 * 1024 };

/**
 * The conversation that a claimed generation answers, oldest first, as far back as the model's window reaches: what does not
 * fit is left out, the oldest first (truncation), and so is the rest of a turn of which the question was. The message that is
 * answered always stays, and so does what the chat begins with when that is the system's.
 */
export async function readHistory(
  db: Database,
  { chatId, userMessageId, contextWindow, parameters, opening }: Claimed,
): Promise<ProviderMessage[]> {
  if (!chatId) return [];
  const { maxTokens } = parameters as { maxTokens?: number };
  const room = roomIn(contextWindow, maxTokens) - estimateTokens(opening?.length ?? 0);
  const { perToken, least, most } = READ_BYTES;
  const bytes = Math.min(most, Math.max(least, room * perToken));
  const { messages, nextBefore } = await branchOf(db.$client, chatId, userMessageId, { bytes });
  const heard = messages.filter(({ id, excluded }) => !excluded || id === userMessageId);
  const read = heard.flatMap(asProviderMessage);
  const kept = lastThatFit(read, room);
  if (kept.length === read.length && nextBefore === null) return kept;
  while (kept.length > 1 && kept[0]!.role === 'assistant') kept.shift();
  const [first] = (await firstMessageOf(db.$client, chatId)).flatMap(asProviderMessage);
  return first?.role === 'system' ? [first, ...kept] : kept;
}

/** Replies without text say nothing; reasoning is never sent back. */
function asProviderMessage({ role, content }: Pick<MessageRow, 'role' | 'content'>): ProviderMessage[] {
  const text = textOf(content);
  return role === 'tool' || text === '' ? [] : [{ role, text }];
}

function lastThatFit(messages: readonly ProviderMessage[], room: number): ProviderMessage[] {
  let left = room;
  let from = messages.length;
  while (from > 0) {
    left -= estimateTokens(messages[from - 1]!.text.length);
    if (left < 0 && from < messages.length) break;
    from--;
  }
  return messages.slice(from);
}
