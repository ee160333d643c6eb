/** What is being changed in the details of chats, kept apart for each until it is saved or given up. */
import { create } from 'zustand';
import type { Chat, ChatPatch } from '../chats.ts';
import { fromRows, type MetadataRow, toRows } from './metadata-rows.ts';

/** The details as they stand in the fields; each of `tags` is followed by a comma. */
export type DetailsForm = { title: string; tags: string; description: string; rows: readonly MetadataRow[] };

/** What was changed; the title only where it was itself: it may be another one by the time the rest is saved. */
type Changed = Omit<DetailsForm, 'title'> & { title?: string };

const useForms = create<Record<string, Changed | undefined>>(() => ({}));

/** The form of a chat, which follows the chat until something is changed in it. */
export function useDetailsForm(chat: Chat) {
  const changed = useForms((forms) => forms[chat.id]);
  const known = toForm(chat);
  const form: DetailsForm = { ...known, ...changed };
  return {
    form,
    /** What is saved. */
    patch: toPatch({ ...form, title: changed?.title }),
    change(part: Partial<DetailsForm>) {
      const { title: _known, ...rest } = known;
      useForms.setState({ [chat.id]: { ...rest, ...changed, ...part } });
    },
  };
}

export const forgetDetailsForm = (chatId: string): void => useForms.setState({ [chatId]: undefined });

const toForm = ({ title, tags, description, metadata }: Chat): DetailsForm => ({
  title,
  tags: tags.map((tag) => `${tag}, `).join(''),
  description,
  rows: toRows(metadata),
});

/** Without spaces around words, each tag once. */
function toPatch({ title, tags, description, rows }: Changed): ChatPatch {
  const words = tags.split(',').map((tag) => tag.trim());
  return {
    ...(title !== undefined && { title: title.trim() }),
    tags: [...new Set(words.filter(Boolean))],
    description,
    metadata: fromRows(rows),
  };
}
