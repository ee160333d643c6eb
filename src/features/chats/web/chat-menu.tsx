import { Archive, ArchiveRestore, GitFork, Info, Pencil, Trash2 } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Trigger } from '#web/ui/fetched-layer.tsx';
import { Menu } from '#web/ui/menu.tsx';
import { openPanel } from '#web/ui/windows.ts';
import type { Chat } from '../chats.ts';
import { useChatActions } from './use-chat-actions.ts';

type ChatMenuProps = { chat: Chat; trigger: Trigger; onRename: () => void };

/** Everything that can be done to a chat. */
export function ChatMenu({ chat, trigger, onRename }: ChatMenuProps) {
  const t = useTranslations('chats');
  const { archive, remove } = useChatActions();
  return (
    <Menu
      trigger={trigger}
      entries={[
        { icon: <Pencil size={16} />, label: t('rename'), run: onRename },
        {
          icon: <Info size={16} />,
          label: t('details'),
          run: () => openPanel('details', chat.id),
        },
        { icon: <GitFork size={16} />, label: t('overview'), run: () => openPanel('tree', chat.id) },
        {
          icon: chat.archived ? <ArchiveRestore size={16} /> : <Archive size={16} />,
          label: chat.archived ? t('unarchive') : t('archive'),
          run: () => archive(chat),
        },
        'line',
        { icon: <Trash2 size={16} />, label: t('delete'), run: () => remove(chat), danger: true },
      ]}
    />
  );
}
