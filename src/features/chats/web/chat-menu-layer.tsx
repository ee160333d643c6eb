import {
  Archive,
  ArchiveRestore,
  Download,
  FolderOpen,
  GitFork,
  Info,
  Pencil,
  Settings,
  Trash2,
} from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { LayerProps } from '#web/ui/fetched-layer.tsx';
import MenuLayer, { type MenuEntry } from '#web/ui/menu-layer.tsx';
import { openPanel, openWindow } from '#web/ui/windows.ts';
import type { Chat } from '../chats.ts';
import { askWhere } from './moving.ts';
import type { ChatRights } from './rights-in.ts';
import { useChatActions } from './use-chat-actions.ts';

export type ChatMenuProps = { chat: Chat; rights: ChatRights; onRename: () => void };

/** Everything that whoever is here may do to a chat. */
export default function ChatMenuLayer({ chat, rights, onRename, ...layer }: ChatMenuProps & LayerProps) {
  const t = useTranslations('chats');
  const { archive, remove } = useChatActions();
  const overview: MenuEntry = {
    icon: <GitFork size={16} />,
    label: t('overview'),
    run: () => openPanel('tree', chat.id),
  };
  const settings: MenuEntry = {
    icon: <Settings size={16} />,
    label: t('settings'),
    run: () => openPanel('chat-settings', chat.id),
  };
  const takeOut: MenuEntry = {
    icon: <Download size={16} />,
    label: t('export'),
    run: () => openWindow('export-chat', chat.id),
  };
  if (!rights.write) return <MenuLayer {...layer} entries={[settings, overview, takeOut]} />;
  const entries: MenuEntry[] = [
    { icon: <Pencil size={16} />, label: t('rename'), run: onRename },
    { icon: <Info size={16} />, label: t('details'), run: () => openPanel('details', chat.id) },
    settings,
    overview,
    {
      icon: chat.archived ? <ArchiveRestore size={16} /> : <Archive size={16} />,
      label: chat.archived ? t('unarchive') : t('archive'),
      run: () => archive(chat),
    },
    takeOut,
  ];
  if (rights.manage)
    entries.push({ icon: <FolderOpen size={16} />, label: t('move'), run: () => askWhere(chat) }, 'line', {
      icon: <Trash2 size={16} />,
      label: t('delete'),
      run: () => remove(chat),
      danger: true,
    });
  return <MenuLayer {...layer} entries={entries} />;
}
