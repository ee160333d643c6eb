import { useTranslations } from 'use-intl';
import type { Visibility } from '#features/projects/projects.ts';
import { toast } from '#web/ui/toast.tsx';
import type { Chat, ChatPatch } from '../chats.ts';
import { changeChat } from './change-chat.ts';

/** What is changed about a chat in its row and in its header; a note tells what was refused. */
export function useChatChanges() {
  const t = useTranslations('chats');
  const change = (chat: Chat, changes: ChatPatch) => {
    changeChat(chat, changes).catch((error: Error) => toast(t('changeFailed', { detail: error.message })));
  };
  return {
    rename: (chat: Chat, title: string) => change(chat, { title }),
    pin: (chat: Chat) => change(chat, { pinned: !chat.pinned }),
    /** Says who sees a chat of a project. */
    show: (chat: Chat, visibility: Visibility) => change(chat, { visibility }),
  };
}
