import { Archive, ArchiveRestore, FolderOpen, Info, Pencil, Trash2 } from 'lucide-react';
import type { ReactElement } from 'react';
import { useTranslations } from 'use-intl';
import { Menu, type MenuEntry } from '#web/ui/menu.tsx';
import { openPanel } from '#web/ui/windows.ts';
import type { Chat } from '../chats.ts';
import { askWhere } from './moving.ts';
import type { ChatRights } from './rights-in.ts';
import { useChatActions } from './use-chat-actions.ts';

type ChatMenuProps = { chat: Chat; rights: ChatRights; trigger: ReactElement; onRename: () => void };

/** Everything that whoever is here may do to a chat; no button where that is nothing. */
export function ChatMenu({ chat, rights, trigger, onRename }: ChatMenuProps) {
  const t = useTranslations('chats');
  const { archive, remove } = useChatActions();
  if (!rights.write) return null;
  const entries: MenuEntry[] = [
    { icon: <Pencil size={16} />, label: t('rename'), run: onRename },
    { icon: <Info size={16} />, label: t('details'), run: () => openPanel('details', chat.id) },
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
