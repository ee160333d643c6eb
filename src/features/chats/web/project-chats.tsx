/** The chats of a project that whoever is here may read. */
import { Download, MessagesSquare, SquarePen } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import type { Project } from '#features/projects/projects.ts';
import { mayWrite } from '#features/projects/rules.ts';
import { Button } from '#web/ui/button.tsx';
import { Checkbox } from '#web/ui/checkbox.tsx';
import { Failed, Skeleton } from '#web/ui/page.tsx';
import { openWindow } from '#web/ui/windows.ts';
import ChatTabs from './chat-tabs.tsx';
import { newChatAddress } from './new-chat-address.ts';
import { ProjectChatRow } from './project-chat-row.tsx';
import { useChats } from './use-chats.ts';

export function ProjectChats({ project }: { project: Project }) {
  const t = useTranslations('projectChats');
  const ofChats = useTranslations('chats');
  const [archived, setArchived] = useState(false);
  const list = useChats(archived, '', project.id);
  const chats = list.data?.pages.flatMap((page) => page.items) ?? [];
  const none = list.isSuccess && chats.length === 0;
  const may = mayWrite(project.role);
  const begin = (
    <Link
      href={newChatAddress(project.id)}
      className="inline-flex h-9 items-center gap-1.5 rounded-medium bg-accent px-3.5 text-sm font-medium text-on-accent transition-colors hover:bg-accent-strong touch:h-11"
    >
      <SquarePen size={16} aria-hidden />
      {ofChats('new')}
    </Link>
  );
  return (
    <>
      <div className="mt-3 -mx-3 empty:hidden">
        <ChatTabs projectId={project.id} chatId={null} />
      </div>
      <div className="mt-4 flex min-h-9 flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <Checkbox
          label={t('archived')}
          checked={archived}
          onChange={(event) => setArchived(event.target.checked)}
        />
        <span className="flex flex-wrap gap-2">
          {project.chatCount > 0 && (
            <Button onClick={() => openWindow('export-chats', `projectId=${project.id}&archived=all`)}>
              <Download size={16} aria-hidden />
              {t('export')}
            </Button>
          )}
          {may && !(none && !archived) && begin}
        </span>
      </div>
      {list.isPending && <Skeleton lines={4} className="h-12" />}
      {list.isError && chats.length === 0 && (
        <Failed onRetry={() => void list.refetch()}>{ofChats('listFailed')}</Failed>
      )}
      {none && archived && <p className="mt-8 text-sm text-muted">{t('noneArchived')}</p>}
      {none && !archived && (
        <div className="mx-auto mt-10 flex max-w-sm animate-appear flex-col items-center text-center">
          <span className="grid size-14 place-items-center rounded-large bg-accent-soft text-accent">
            <MessagesSquare size={26} aria-hidden />
          </span>
          <h2 className="mt-4 text-base font-semibold tracking-tight">{t('noneTitle')}</h2>
          <p className="mt-1.5 mb-5 text-sm text-pretty text-muted">
            {may ? t('noneText') : t('noneToRead')}
          </p>
          {may && begin}
        </div>
      )}
      <ul aria-label={t('list')} className="mt-2">
        {chats.map((chat) => (
          <ProjectChatRow key={chat.id} chat={chat} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button className="mt-4" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {ofChats('more')}
        </Button>
      )}
    </>
  );
}
