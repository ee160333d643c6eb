import { Archive, Ellipsis, Pin } from 'lucide-react';
import { Suspense, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import { IconButton } from '#web/ui/button.tsx';
import { cx } from '#web/ui/classes.ts';
import { useTimestamp } from '#web/ui/use-timestamp.ts';
import type { Chat } from '../../chats.ts';
import { ChatMenu } from '../chat-menu.tsx';
import { useChatRights } from '../chat-rights.ts';
import { GoingMark } from '../going-mark.tsx';
import ProjectMark from '../project-mark.tsx';
import { TitleField } from '../title-field.tsx';
import { useChatChanges } from '../use-chat-changes.ts';

type FoundRowProps = {
  chat: Chat;
  selected: boolean;
  /** It is the one row that Tab leads to. */
  reached: boolean;
  /** Selects it or lets it go; `range`: all from the last one to it. */
  onSelect: (range: boolean) => void;
};

/** A chat among all: to select, to open, and what it is known by. */
export function FoundRow({ chat, selected, reached, onSelect }: FoundRowProps) {
  const t = useTranslations('allChats');
  const ofChats = useTranslations('chats');
  const timestamp = useTimestamp();
  const rights = useChatRights(chat, false);
  const { rename } = useChatChanges();
  const [renaming, setRenaming] = useState(false);
  // A box tells of its change, and not of the keys that were held.
  const shift = useRef(false);
  const title = chat.title || ofChats('untitled');
  const tab = reached ? 0 : -1;
  return (
    <div
      data-menu-row=""
      className={cx(
        'relative flex h-full items-center gap-1 border-b border-hairline pr-1 transition-colors',
        selected ? 'bg-accent-soft' : 'hover:bg-hover has-focus-visible:bg-hover',
      )}
    >
      <label className="grid h-full w-11 shrink-0 cursor-pointer place-items-center">
        <input
          type="checkbox"
          aria-label={t('select', { title })}
          tabIndex={tab}
          checked={selected}
          onClick={(event) => {
            shift.current = event.shiftKey;
          }}
          onKeyDown={(event) => {
            if (event.key !== ' ' || !event.shiftKey) return;
            event.preventDefault();
            onSelect(true);
          }}
          onChange={() => onSelect(shift.current)}
          className="size-4 accent-accent"
        />
      </label>
      <div className="min-w-0 flex-1">
        {renaming ? (
          <TitleField
            title={chat.title}
            onSave={(next) => rename(chat, next)}
            onDone={() => setRenaming(false)}
            className="h-8"
          />
        ) : (
          <Link
            href={`/c/${chat.id}`}
            tabIndex={tab}
            dir="auto"
            className={cx(
              'flex items-center gap-2 rounded-small text-row underline-offset-4 hover:underline',
              !chat.title && 'text-muted',
            )}
          >
            <span className="min-w-0 truncate">{title}</span>
          </Link>
        )}
        <p className="flex min-w-0 items-center gap-2 text-note text-muted">
          {chat.pinned && <Pin size={13} role="img" aria-label={t('show.pinned')} className="shrink-0" />}
          {chat.archived && (
            <Archive size={13} role="img" aria-label={t('show.archived')} className="shrink-0" />
          )}
          {chat.projectId && (
            <Suspense>
              <ProjectMark projectId={chat.projectId} />
            </Suspense>
          )}
          <time dateTime={chat.activeAt} className="shrink-0 tabular-nums">
            {timestamp(chat.activeAt)}
          </time>
          <span dir="auto" className="min-w-0 truncate">
            {chat.tags.join(' · ')}
          </span>
        </p>
      </div>
      <GoingMark chatId={chat.id} className="mx-2" />
      <ChatMenu
        chat={chat}
        rights={rights}
        onRename={() => setRenaming(true)}
        trigger={
          <IconButton label={ofChats('menuOf', { title })} tabIndex={tab} data-switch="title">
            <Ellipsis size={18} />
          </IconButton>
        }
      />
    </div>
  );
}
