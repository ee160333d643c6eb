import { useTranslations } from 'use-intl';
import type { Visibility } from '#features/projects/projects.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { toast } from '#web/ui/toast.tsx';
import type { Chat } from '../chats.ts';
import { changeChat } from './change-chat.ts';

/** Where a chat is to be. */
export type Destination = {
  /** Null: in no project. */
  project: { id: string; name: string } | null;
  visibility: Visibility;
};

/** Moves a chat, with a note that leads back; throws what the server refuses. */
export function useMove(): (chat: Chat, to: Destination) => Promise<void> {
  const t = useTranslations('move');
  const words = useErrorWords();
  return async (chat, { project, visibility }) => {
    const place = { projectId: project?.id ?? null, visibility };
    await changeChat(chat, place);
    const undo = () =>
      changeChat({ ...chat, ...place }, { projectId: chat.projectId, visibility: chat.visibility }).catch(
        (error) => toast(words(error)),
      );
    toast(project ? t('done', { project: project.name }) : t('doneOut'), {
      label: t('undo'),
      run: () => void undo(),
    });
  };
}
