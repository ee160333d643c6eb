/** What is being changed in the details of chats, kept apart for each until it is saved or given up. */
import { create } from 'zustand';
import type { Chat, ChatPatch } from '../chats.ts';
import { fromRows, type MetadataRow, toRows } from './metadata-rows.ts';

/** The details as they stand in the fields; each of `tags` is followed by a comma. */
export type DetailsForm = { title: string; tags: string; description: string; rows: readonly MetadataRow[] };

const useForms = create<Record<string, DetailsForm | undefined>>(() => ({}));

/** The form of a chat, which follows the chat until something is changed in it. */
export function useDetailsForm(chat: Chat) {
  const changed = useForms((forms) => forms[chat.id]);
  const form = changed ?? toForm(chat);
  return {
    form,
    change: (part: Partial<DetailsForm>) => useForms.setState({ [chat.id]: { ...form, ...part } }),
  };
}

export const forgetDetailsForm = (chatId: string): void => useForms.setState({ [chatId]: undefined });

const toForm = ({ title, tags, description, metadata }: Chat): DetailsForm => ({
  title,
  tags: tags.map((tag) => `${tag}, `).join(''),
  description,
  rows: toRows(metadata),
});

/** What is saved: without spaces around words, each tag once. */
export function toPatch({ title, tags, description, rows }: DetailsForm): ChatPatch {
  const words = tags.split(',').map((tag) => tag.trim());
  return {
    title: title.trim(),
    tags: [...new Set(words.filter(Boolean))],
    description,
    metadata: fromRows(rows),
  };
}
