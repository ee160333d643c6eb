/** What is typed and not sent, per chat, kept in this browser through reloads and crashes. */
import { create } from 'zustand';
import { keepText, readText, whenKeptChanges } from '#web/kept/kept.ts';

const PREFIX = 'draft.';
/** The draft of the chat that does not exist yet. */
export const NEW_CHAT = 'new';

const useDrafts = create<Record<string, string>>(() => ({}));
whenKeptChanges(() => useDrafts.setState({}, true));

/** The draft of a chat as it is now. */
export const draftOf = (chat: string): string => useDrafts.getState()[chat] ?? readText(PREFIX + chat);

/** The draft of a chat and how to change it. */
export function useDraft(chat: string): [string, (text: string) => void] {
  const text = useDrafts((drafts) => drafts[chat]) ?? readText(PREFIX + chat);
  return [text, (next) => setDraft(chat, next)];
}

export function setDraft(chat: string, text: string): void {
  useDrafts.setState({ [chat]: text });
  keepText(PREFIX + chat, text);
}

/** Puts texts below what is typed there already, with a blank line between. */
export function addToDraft(chat: string, ...texts: string[]): void {
  setDraft(chat, [draftOf(chat), ...texts].filter((text) => text.trim() !== '').join('\n\n'));
}
