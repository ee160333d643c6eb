import { Ellipsis } from 'lucide-react';
import { memo, Suspense, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import { lazyExtra } from '#web/fetch-file.ts';
import { IconButton } from '#web/ui/button.tsx';
import { cx } from '#web/ui/classes.ts';
import type { Chat } from '../chats.ts';
import { ChatMenu } from './chat-menu.tsx';
import { useChatRights } from './chat-rights.ts';
import { GoingMark } from './going-mark.tsx';
import { TitleField } from './title-field.tsx';
import { useChatChanges } from './use-chat-changes.ts';
import { useShiftOver } from './use-shift-over.ts';

const ProjectMark = lazyExtra(() => import('./project-mark.tsx'));
const QuickActions = lazyExtra(() => import('./order/quick-actions.tsx'));

/** One chat in the list: where it leads, what goes on in it, and what can be done to it. */
export const ChatRow = memo(function ChatRow({ chat, current }: { chat: Chat; current: boolean }) {
  const t = useTranslations('chats');
  const { rename } = useChatChanges();
  const [renaming, setRenaming] = useState(false);
  const rights = useChatRights(chat, false);
  const { quick, ...hover } = useShiftOver();
  const title = chat.title || t('untitled');
  if (renaming)
    return (
      <div className="flex h-9 items-center px-1 touch:h-11">
        <TitleField
          title={chat.title}
          onSave={(next) => rename(chat, next)}
          onDone={() => setRenaming(false)}
          className="h-7"
        />
      </div>
    );
  return (
    <div
      {...hover}
      data-menu-row=""
      className={cx(
        'group/row relative flex h-9 items-center rounded-medium transition-colors touch:h-11',
        current ? 'bg-active' : 'hover:bg-hover has-focus-visible:bg-hover',
      )}
    >
      <Link
        href={`/c/${chat.id}`}
        aria-current={current ? 'page' : undefined}
        title={title}
        onDoubleClick={() => rights.write && setRenaming(true)}
        className="flex h-full min-w-0 flex-1 items-center gap-2 rounded-medium pr-2 pl-2.5 text-sm"
      >
        <span dir="auto" className={cx('min-w-0 flex-1 truncate', !chat.title && 'text-muted')}>
          {title}
        </span>
        {chat.projectId && (
          <Suspense>
            <ProjectMark projectId={chat.projectId} />
          </Suspense>
        )}
        {chat.tags[0] && (
          <span className="max-w-[40%] shrink-0 truncate text-xs text-muted group-hover/row:mr-6">
            {chat.tags[0]}
          </span>
        )}
        <GoingMark chatId={chat.id} className="mr-1 group-hover/row:mr-7 touch:mr-1" />
      </Link>
      {quick ? (
        <Suspense>
          <QuickActions chat={chat} rights={rights} />
        </Suspense>
      ) : (
        <ChatMenu
          chat={chat}
          rights={rights}
          onRename={() => setRenaming(true)}
          trigger={
            <IconButton
              label={t('menuOf', { title })}
              small
              className={cx(
                'absolute right-1 bg-inherit opacity-0 group-hover/row:opacity-100 focus-visible:opacity-100 data-[state=open]:opacity-100',
                'touch:static touch:opacity-100',
              )}
            >
              <Ellipsis size={16} />
            </IconButton>
          }
        />
      )}
    </div>
  );
});
