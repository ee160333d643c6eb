import { Archive, ArchiveRestore, Trash2 } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { IconButton } from '#web/ui/button.tsx';
import type { Chat } from '../../chats.ts';
import type { ChatRights } from '../rights-in.ts';
import { useChatActions } from '../use-chat-actions.ts';

/** What takes a chat away with one click, in the place of its menu while Shift is held; both can be undone. */
export default function QuickActions({ chat, rights }: { chat: Chat; rights: ChatRights }) {
  const t = useTranslations('chats');
  const { archive, remove } = useChatActions();
  return (
    <span className="absolute right-1 flex bg-inherit">
      {rights.write && (
        <IconButton label={chat.archived ? t('unarchive') : t('archive')} small onClick={() => archive(chat)}>
          {chat.archived ? <ArchiveRestore size={16} /> : <Archive size={16} />}
        </IconButton>
      )}
      {rights.manage && (
        <IconButton label={t('delete')} small className="text-danger" onClick={() => remove(chat)}>
          <Trash2 size={16} />
        </IconButton>
      )}
    </span>
  );
}
