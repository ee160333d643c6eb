import { useTranslations } from 'use-intl';
import { navigate } from 'wouter/use-browser-location';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { basePath } from '#web/base-path.ts';
import { toast } from '#web/ui/toast.tsx';
import type { Chat } from '../chats.ts';
import { changeChat } from './change-chat.ts';
import { archiveChat, deleteChat } from './put-away-chat.ts';

/** What takes a chat away, from its menu and from the archive, with the words for it. */
export function useChatActions() {
  const t = useTranslations('chats');
  const words = useErrorWords();
  const failed = (detail: string) => t('changeFailed', { detail });
  const leave = (chat: Chat) => {
    if (location.pathname === `${basePath}/c/${chat.id}`) navigate(`${basePath}/`);
  };
  return {
    archive: (chat: Chat) => {
      const archived = !chat.archived;
      void archiveChat(chat, archived, {
        done: archived ? t('archived') : t('unarchived'),
        undo: t('undo'),
        failed,
      });
      if (archived) leave(chat);
    },
    keep: (chat: Chat) => void changeChat(chat, { temporary: false }).catch((error) => toast(words(error))),
    remove: (chat: Chat) => {
      leave(chat);
      void deleteChat(chat, { done: t('deleted'), undo: t('undo'), failed });
    },
  };
}
