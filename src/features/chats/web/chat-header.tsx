import { Ellipsis, Share2, SquarePen } from 'lucide-react';
import { type ReactNode, Suspense } from 'react';
import { useTranslations } from 'use-intl';
import { ModelButton } from '#features/endpoints/web/index.ts';
import { projectWords } from '#features/projects/web/index.ts';
import { lazyExtra } from '#web/fetch-file.ts';
import { LaterPart } from '#web/i18n/fetched-part.tsx';
import { IconButton, IconLink } from '#web/ui/button.tsx';
import { cx } from '#web/ui/classes.ts';
import { FetchedLayer } from '#web/ui/fetched-layer.tsx';
import { Header } from '#web/ui/header.tsx';
import { openWindow } from '#web/ui/windows.ts';
import type { Chat } from '../chats.ts';
import { Answering } from './answering/part.tsx';
import { ChatMenu } from './chat-menu.tsx';
import { later } from './later-words.ts';
import type { NewPlace } from './new-chat.ts';
import type { NextModel } from './next-model.ts';
import { rename, useRenaming } from './renaming.ts';
import type { ChatRights } from './rights-in.ts';
import { TemporaryToggle } from './temporary-toggle.tsx';
import { TitleField } from './title-field.tsx';
import { useChatChanges } from './use-chat-changes.ts';

/** Few chats have any. */
const Tags = lazyExtra(() => import('./tags.tsx'));
const CRUMB = { fetch: () => import('./chat-crumb.tsx'), words: [later, projectWords] };
const AUDIENCE = { fetch: () => import('./chat-audience.tsx'), words: [later] };

const fetchChoice = () => import('./settings/model-choice.tsx');

type ChatHeaderProps = {
  chatId: string | null;
  chat: Chat | null;
  /** Where a new chat is to be. */
  place: NewPlace | null;
  temporary: boolean;
  rights: ChatRights;
  next: NextModel;
  /** How full the model's window is. */
  meter: ReactNode;
};

/** The head of a chat: its title, how full the model's window is, the model that answers, and what can be done to it. */
export function ChatHeader({ chatId, chat, place, temporary, rights, next, meter }: ChatHeaderProps) {
  const t = useTranslations('chats');
  const changes = useChatChanges();
  const projectId = chat ? chat.projectId : (place?.projectId ?? null);
  const renaming = useRenaming(({ id }) => id !== null && id === chatId);
  return (
    <Header>
      {/* Who answers gives way to the title, where there is one, before that is a letter and three dots. */}
      <div
        className={cx(
          '@container flex flex-1 items-center gap-1 px-1 sm:gap-3',
          !chatId ? 'min-w-0' : projectId ? 'min-w-[min(9rem,40%)]' : 'min-w-[min(5rem,22%)]',
        )}
      >
        {projectId && <LaterPart part={CRUMB} give={{ projectId, titled: chatId !== null }} />}
        {chatId && (
          <h1
            dir="auto"
            className={cx('truncate text-sm font-medium', renaming && 'flex-1 p-0.5', !chat && 'sr-only')}
            title={chat?.title}
            onDoubleClick={() => rights.write && rename(chatId)}
          >
            {chat && renaming ? (
              <TitleField
                title={chat.title}
                onSave={(title) => changes.rename(chat, title)}
                onDone={() => rename(null)}
                className="h-8 max-w-md font-medium"
              />
            ) : (
              chat?.title || t('untitled')
            )}
          </h1>
        )}
        {projectId && !renaming && (
          <LaterPart
            part={AUDIENCE}
            give={{
              projectId,
              chat,
              place,
              manage: rights.manage,
            }}
          />
        )}
        {chat && !renaming && chat.tags.length > 0 && (
          <Suspense>
            <Tags tags={chat.tags} />
          </Suspense>
        )}
      </div>
      {meter}
      {rights.write && (
        <>
          {(chat || !chatId) && <Answering show="switch" chat={chat} place={place} />}
          <FetchedLayer
            kind="dialog"
            fetch={fetchChoice}
            give={{ chat, next }}
            trigger={<ModelButton model={next.model} />}
          />
        </>
      )}
      {!chatId && !place && <TemporaryToggle on={temporary} />}
      {chat && rights.manage && !temporary && (
        <IconButton label={t('share')} className="max-md:hidden" onClick={() => openWindow('share', chat.id)}>
          <Share2 size={18} />
        </IconButton>
      )}
      {chatId && !projectId && (
        <IconLink href="/" label={t('new')} className="max-[15rem]:hidden md:hidden">
          <SquarePen size={18} />
        </IconLink>
      )}
      {chat && (
        <ChatMenu
          chat={chat}
          rights={rights}
          onRename={() => rename(chatId)}
          trigger={
            <IconButton label={t('menu')} data-switch="title">
              <Ellipsis size={18} />
            </IconButton>
          }
        />
      )}
    </Header>
  );
}
