import { Archive, ArchiveRestore, FolderOpen, GitFork, Info, Pencil, Trash2 } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Trigger } from '#web/ui/fetched-layer.tsx';
import { Menu, type MenuEntry } from '#web/ui/menu.tsx';
import { openPanel } from '#web/ui/windows.ts';
import type { Chat } from '../chats.ts';
import { askWhere } from './moving.ts';
import type { ChatRights } from './rights-in.ts';
import { useChatActions } from './use-chat-actions.ts';

type ChatMenuProps = { chat: Chat; rights: ChatRights; trigger: Trigger; onRename: () => void };

/** Everything that whoever is here may do to a chat. */
export function ChatMenu({ chat, rights, trigger, onRename }: ChatMenuProps) {
  const t = useTranslations('chats');
  const { archive, remove } = useChatActions();
  const overview: MenuEntry = {
    icon: <GitFork size={16} />,
    label: t('overview'),
    run: () => openPanel('tree', chat.id),
  };
  if (!rights.write) return <Menu trigger={trigger} entries={[overview]} />;
  const entries: MenuEntry[] = [
    { icon: <Pencil size={16} />, label: t('rename'), run: onRename },
    { icon: <Info size={16} />, label: t('details'), run: () => openPanel('details', chat.id) },
    overview,
    {
      icon: chat.archived ? <ArchiveRestore size={16} /> : <Archive size={16} />,
      label: chat.archived ? t('unarchive') : t('archive'),
      run: () => archive(chat),
    },
  ];
  if (rights.manage)
    entries.push({ icon: <FolderOpen size={16} />, label: t('move'), run: () => askWhere(chat) }, 'line', {
      icon: <Trash2 size={16} />,
      label: t('delete'),
      run: () => remove(chat),
      danger: true,
    });
  return <Menu trigger={trigger} entries={entries} />;
}
