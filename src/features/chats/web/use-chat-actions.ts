import { useTranslations } from 'use-intl';
import { navigate } from 'wouter/use-browser-location';
import { basePath } from '#web/base-path.ts';
import { toast } from '#web/ui/toast.tsx';
import type { Chat } from '../chats.ts';
import { archiveChat, changeChat, deleteChat } from './change-chat.ts';

/** What can be done to a chat from its row and from its header, with the words for it. */
export function useChatActions() {
  const t = useTranslations('chats');
  const failed = (detail: string) => t('changeFailed', { detail });
  const leave = (chat: Chat) => {
    if (location.pathname === `${basePath}/c/${chat.id}`) navigate(`${basePath}/`);
  };
  return {
    rename: (chat: Chat, title: string) => {
      changeChat(chat, { title }).catch((error: Error) => toast(failed(error.message)));
    },
    archive: (chat: Chat) => {
      const archived = !chat.archived;
      void archiveChat(chat, archived, {
        done: archived ? t('archived') : t('unarchived'),
        undo: t('undo'),
        failed,
      });
      if (archived) leave(chat);
    },
    remove: (chat: Chat) => {
      leave(chat);
      void deleteChat(chat, { done: t('deleted'), undo: t('undo'), failed });
    },
  };
}
