import {
  Archive,
  ArchiveRestore,
  Download,
  ExternalLink,
  FolderOpen,
  GitFork,
  Info,
  ListPlus,
  Pencil,
  Pin,
  PinOff,
  Settings,
  Share2,
  Trash2,
} from 'lucide-react';
import { useTranslations } from 'use-intl';
import { basePath } from '#web/base-path.ts';
import { ownerId } from '#web/kept/kept.ts';
import type { LayerProps } from '#web/ui/fetched-layer.tsx';
import MenuLayer, { type MenuEntry } from '#web/ui/menu-layer.tsx';
import { openPanel, openWindow } from '#web/ui/windows.ts';
import type { Chat } from '../chats.ts';
import { askWhere } from './moving.ts';
import type { ChatRights } from './rights-in.ts';
import { useChatActions } from './use-chat-actions.ts';
import { useChatChanges } from './use-chat-changes.ts';

export type ChatMenuProps = { chat: Chat; rights: ChatRights; onRename: () => void };

/** Everything that whoever is here may do to a chat. */
export default function ChatMenuLayer({ chat, rights, onRename, ...layer }: ChatMenuProps & LayerProps) {
  const t = useTranslations('chats');
  const { archive, remove, keep } = useChatActions();
  const { pin } = useChatChanges();
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
  const path = `${basePath}/c/${chat.id}`;
  const beside: MenuEntry[] =
    location.pathname === path
      ? []
      : [
          {
            icon: <ExternalLink size={16} />,
            label: t('newTab'),
            run: () => void open(path, '_blank', 'noopener'),
          },
        ];
  if (!rights.write) return <MenuLayer {...layer} entries={[...beside, settings, overview, takeOut]} />;
  const entries: MenuEntry[] = [
    ...beside,
    { icon: <Pencil size={16} />, label: t('rename'), run: onRename },
    { icon: <Info size={16} />, label: t('details'), run: () => openPanel('details', chat.id) },
    settings,
    overview,
  ];
  if (chat.temporary) entries.push({ icon: <ListPlus size={16} />, label: t('keep'), run: () => keep(chat) });
  else
    entries.push({
      icon: chat.archived ? <ArchiveRestore size={16} /> : <Archive size={16} />,
      label: chat.archived ? t('unarchive') : t('archive'),
      run: () => archive(chat),
    });
  if (!chat.temporary) entries.push(takeOut);
  if (chat.authorId === ownerId() && !chat.temporary)
    entries.splice(beside.length + 1, 0, {
      icon: chat.pinned ? <PinOff size={16} /> : <Pin size={16} />,
      label: chat.pinned ? t('unpin') : t('pin'),
      run: () => pin(chat),
    });
  if (rights.manage && !chat.temporary)
    entries.push(
      { icon: <FolderOpen size={16} />, label: t('move'), run: () => askWhere(chat) },
      { icon: <Share2 size={16} />, label: t('share'), run: () => openWindow('share', chat.id) },
    );
  if (rights.manage)
    entries.push('line', {
      icon: <Trash2 size={16} />,
      label: chat.temporary ? t('leave') : t('delete'),
      run: () => remove(chat),
      danger: true,
    });
  return <MenuLayer {...layer} entries={entries} />;
}
