import {
  Archive,
  ArchiveRestore,
  Columns2,
  Download,
  FolderOpen,
  GitFork,
  Info,
  Keyboard,
  type LucideIcon,
  MessageCircleDashed,
  Pencil,
  RefreshCw,
  Settings,
  Share2,
  SlidersHorizontal,
  Square,
  SquarePen,
} from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useLocation } from 'wouter';
import { useModels } from '#features/endpoints/web/index.ts';
import type { Message } from '#features/messages/messages.ts';
import { openPanel, openWindow } from '#web/ui/windows.ts';
import type { Chat } from '../../chats.ts';
import { askWhere } from '../moving.ts';
import { NEW_TEMPORARY } from '../new-chat.ts';
import { rename } from '../renaming.ts';
import type { ChatRights } from '../rights-in.ts';
import type { BranchLine } from '../use-branch.ts';
import { useChatActions } from '../use-chat-actions.ts';
import type { CommandId } from './command-words.ts';

/** Where the commands are given. */
export type CommandPlace = {
  chatId: string | null;
  /** null: it is not there yet, or is not known yet. */
  chat: Chat | null;
  lines: readonly BranchLine[];
  temporary: boolean;
  rights: ChatRights;
  generating: boolean;
  onStop: () => void;
  onRegenerate: (reply: Message) => void;
};

export type Command = { id: CommandId; name: string; icon: LucideIcon; run: () => void };

/** What can be done where one is; what cannot is not offered. */
export function useCommands(place: CommandPlace): Command[] {
  const { chatId, chat, lines, temporary, rights, generating, onStop, onRegenerate } = place;
  const t = useTranslations('commands');
  const chats = useTranslations('chats');
  const [, navigate] = useLocation();
  const { archive } = useChatActions();
  const severalModels = (useModels().data?.length ?? 0) > 1;
  const last = lines.at(-1);
  const reply = last?.outgoing === null && last.message.role === 'assistant' ? last.message : null;
  const kept = chat && !temporary ? chat : null;
  const managed = kept && rights.manage ? kept : null;
  const all: (Command | false | null)[] = [
    chatId !== null && { id: 'new', name: chats('new'), icon: SquarePen, run: () => navigate('/') },
    generating && { id: 'stop', name: t('stop'), icon: Square, run: onStop },
    !generating &&
      reply?.parentId != null && {
        id: 'regenerate',
        name: t('regenerate'),
        icon: RefreshCw,
        run: () => onRegenerate(reply),
      },
    (chatId !== null || !temporary) && {
      id: 'temporary',
      name: t('temporary'),
      icon: MessageCircleDashed,
      run: () => navigate(NEW_TEMPORARY),
    },
    severalModels && {
      id: 'compare',
      name: t('compare'),
      icon: Columns2,
      run: () => openWindow('compare-models', chatId ?? ''),
    },
    chat && { id: 'rename', name: chats('rename'), icon: Pencil, run: () => rename(chat.id) },
    managed && {
      id: 'share',
      name: chats('share'),
      icon: Share2,
      run: () => openWindow('share', managed.id),
    },
    kept && {
      id: 'export',
      name: chats('export'),
      icon: Download,
      run: () => openWindow('export-chat', kept.id),
    },
    managed && { id: 'move', name: chats('move'), icon: FolderOpen, run: () => askWhere(managed) },
    chat && { id: 'details', name: chats('details'), icon: Info, run: () => openPanel('details', chat.id) },
    chat && {
      id: 'parameters',
      name: t('parameters'),
      icon: SlidersHorizontal,
      run: () => openPanel('chat-settings', chat.id),
    },
    chat && { id: 'overview', name: chats('overview'), icon: GitFork, run: () => openPanel('tree', chat.id) },
    kept && {
      id: 'archive',
      name: kept.archived ? chats('unarchive') : chats('archive'),
      icon: kept.archived ? ArchiveRestore : Archive,
      run: () => archive(kept),
    },
    { id: 'settings', name: t('settings'), icon: Settings, run: () => navigate('/settings') },
    { id: 'shortcuts', name: t('shortcuts'), icon: Keyboard, run: () => openWindow('shortcuts') },
  ];
  return all.filter((one) => one !== null && one !== false);
}
