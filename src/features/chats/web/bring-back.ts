import { addToDraft, draftOf, NEW_CHAT, setDraft } from './drafts.ts';
import { discard, useOutgoing } from './outgoing.ts';

/**
 * Takes back all that was written for a chat that is not there, not yet or not any more: it goes into the composer of a new
 * chat, below what stands there.
 */
export function bringBack(chatId: string): void {
  const unsent = useOutgoing.getState().items.filter((item) => item.chatId === chatId);
  addToDraft(NEW_CHAT, ...unsent.map(({ text }) => text), draftOf(chatId));
  setDraft(chatId, '');
  for (const item of unsent) discard(item);
}
