import { Ellipsis, SquarePen } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import { ModelPicker } from '#features/endpoints/web/index.ts';
import { IconButton } from '#web/ui/button.tsx';
import { Header } from '#web/ui/header.tsx';
import type { Chat } from '../chats.ts';
import { ChatMenu } from './chat-menu.tsx';
import { TitleField } from './title-field.tsx';
import { useChatActions } from './use-chat-actions.ts';

/** The head of a chat: its title, the model that answers, and what can be done to it. */
export function ChatHeader({ chatId, chat }: { chatId: string | null; chat: Chat | null }) {
  const t = useTranslations('chats');
  const { rename } = useChatActions();
  const [renaming, setRenaming] = useState(false);
  return (
    <Header>
      <div className="min-w-0 flex-1 px-1">
        {chat &&
          (renaming ? (
            <TitleField
              title={chat.title}
              onSave={(title) => rename(chat, title)}
              onDone={() => setRenaming(false)}
              className="h-8 max-w-md font-medium"
            />
          ) : (
            <h1
              dir="auto"
              className="truncate text-sm font-medium"
              title={chat.title}
              onDoubleClick={() => setRenaming(true)}
            >
              {chat.title || t('untitled')}
            </h1>
          ))}
      </div>
      <ModelPicker chatId={chatId} lastModelId={chat?.modelId ?? null} />
      {chatId && (
        <Link
          href="/"
          aria-label={t('new')}
          className="inline-flex size-11 items-center justify-center rounded-medium text-muted hover:bg-hover md:hidden"
        >
          <SquarePen size={18} />
        </Link>
      )}
      {chat && (
        <ChatMenu
          chat={chat}
          onRename={() => setRenaming(true)}
          trigger={
            <IconButton label={t('menu')}>
              <Ellipsis size={18} />
            </IconButton>
          }
        />
      )}
    </Header>
  );
}
