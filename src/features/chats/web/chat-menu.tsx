import { Archive, ArchiveRestore, Info, Pencil, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Menu, MenuItem, MenuLine } from '#web/ui/menu.tsx';
import type { Chat } from '../chats.ts';
import { openDetails } from './details-state.ts';
import { useChatActions } from './use-chat-actions.ts';

type ChatMenuProps = { chat: Chat; trigger: ReactNode; onRename: () => void };

/** Everything that can be done to a chat. */
export function ChatMenu({ chat, trigger, onRename }: ChatMenuProps) {
  const t = useTranslations('chats');
  const { archive, remove } = useChatActions();
  return (
    <Menu trigger={trigger}>
      {/* After the menu has given the focus back, or the field would lose it at once. */}
      <MenuItem icon={<Pencil size={16} />} onSelect={() => setTimeout(onRename, 60)}>
        {t('rename')}
      </MenuItem>
      <MenuItem icon={<Info size={16} />} onSelect={() => openDetails(chat.id)}>
        {t('details')}
      </MenuItem>
      <MenuItem
        icon={chat.archived ? <ArchiveRestore size={16} /> : <Archive size={16} />}
        onSelect={() => archive(chat)}
      >
        {chat.archived ? t('unarchive') : t('archive')}
      </MenuItem>
      <MenuLine />
      <MenuItem icon={<Trash2 size={16} />} danger onSelect={() => remove(chat)}>
        {t('delete')}
      </MenuItem>
    </Menu>
  );
}
