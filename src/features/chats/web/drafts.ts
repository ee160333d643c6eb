/** What is typed and not sent, per chat, kept in this browser through reloads and crashes. */
import { create } from 'zustand';

const PREFIX = 'parley.draft.';
/** The draft of the chat that does not exist yet. */
export const NEW_CHAT = 'new';

const useDrafts = create<Record<string, string>>(() => ({}));

const read = (chat: string): string => localStorage.getItem(PREFIX + chat) ?? '';

/** The draft of a chat and how to change it. */
export function useDraft(chat: string): [string, (text: string) => void] {
  const text = useDrafts((drafts) => drafts[chat]) ?? read(chat);
  return [text, (next) => setDraft(chat, next)];
}

export function setDraft(chat: string, text: string): void {
  useDrafts.setState({ [chat]: text });
  try {
    if (text === '') localStorage.removeItem(PREFIX + chat);
    else localStorage.setItem(PREFIX + chat, text);
  } catch {
    // Storage is full or refused: the draft lives as long as the page.
  }
}
