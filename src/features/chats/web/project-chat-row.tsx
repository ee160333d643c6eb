import { Ellipsis, Lock, Users } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import { AuthorName } from '#features/projects/web/index.ts';
import { IconButton } from '#web/ui/button.tsx';
import { useTimestamp } from '#web/ui/use-timestamp.ts';
import type { Chat } from '../chats.ts';
import { ChatMenu } from './chat-menu.tsx';
import { useChatRights } from './chat-rights.ts';
import { GoingMark } from './going-mark.tsx';
import { TitleField } from './title-field.tsx';
import { useChatChanges } from './use-chat-changes.ts';

/** One chat of a project: who sees it, who began it, when something was last said in it. */
export function ProjectChatRow({ chat }: { chat: Chat }) {
  const t = useTranslations('projectChats');
  const ofChats = useTranslations('chats');
  const timestamp = useTimestamp();
  const rights = useChatRights(chat, true);
  const { rename } = useChatChanges();
  const [renaming, setRenaming] = useState(false);
  const title = chat.title || ofChats('untitled');
  const shared = chat.visibility === 'shared';
  const Mark = shared ? Users : Lock;
  return (
    <li
      data-menu-row=""
      className="relative flex min-h-14 items-center gap-3 border-b border-hairline py-2 pr-1 pl-2 transition-colors hover:bg-hover has-focus-visible:bg-hover"
    >
      <Mark
        size={16}
        role="img"
        aria-label={shared ? t('shared') : t('private')}
        className="shrink-0 text-muted"
      />
      <div className="min-w-0 flex-1">
        {renaming ? (
          <TitleField
            title={chat.title}
            onSave={(next) => rename(chat, next)}
            onDone={() => setRenaming(false)}
            className="relative z-1 h-8"
          />
        ) : (
          <Link
            href={`/c/${chat.id}`}
            dir="auto"
            className="block truncate rounded-small text-row after:absolute after:inset-0"
          >
            {title}
          </Link>
        )}
        <p className="truncate text-note text-muted tabular-nums">
          {chat.projectId && <AuthorName projectId={chat.projectId} userId={chat.authorId} />}
          {' · '}
          <time dateTime={chat.activeAt}>{timestamp(chat.activeAt)}</time>
        </p>
      </div>
      <GoingMark chatId={chat.id} />
      <span className="relative z-1 flex">
        <ChatMenu
          chat={chat}
          rights={rights}
          onRename={() => setRenaming(true)}
          trigger={
            <IconButton label={ofChats('menuOf', { title })} data-switch="title">
              <Ellipsis size={18} />
            </IconButton>
          }
        />
      </span>
    </li>
  );
}
