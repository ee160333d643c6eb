/** The chats of a project that stand open, side by side; several may generate at once, and each tab shows it. */
import { Plus, X } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { Link, useLocation } from 'wouter';
import { mayWrite } from '#features/projects/rules.ts';
import { useProject } from '#features/projects/web/index.ts';
import { ApiError } from '#web/api/http.ts';
import { IconButton, IconLink } from '#web/ui/button.tsx';
import { cx } from '#web/ui/classes.ts';
import { GoingMark } from './going-mark.tsx';
import { newChatAddress } from './new-chat-address.ts';
import { closeTab, openTab, useOpenTabs } from './open-tabs.ts';
import { neighbourOf } from './tab-order.ts';
import { useChat } from './use-chats.ts';

type ChatTabsProps = {
  projectId: string;
  /** The chat on the screen; null: the project itself. */
  chatId: string | null;
};

export default function ChatTabs({ projectId, chatId }: ChatTabsProps) {
  const t = useTranslations('tabs');
  const { data: project } = useProject(projectId);
  const tabs = useOpenTabs(projectId);
  const [, navigate] = useLocation();
  useEffect(() => {
    if (chatId) openTab(projectId, chatId);
  }, [projectId, chatId]);
  const close = (id: string) => {
    closeTab(projectId, id);
    if (id !== chatId) return;
    const next = neighbourOf(tabs, id);
    navigate(next ? `/c/${next}` : `/projects/${projectId}`);
  };
  // The chat on the screen alone needs no tab.
  if (tabs.length < (chatId ? 2 : 1)) return null;
  return (
    <nav
      aria-label={t('list')}
      className="flex shrink-0 items-center gap-1 overflow-x-auto border-b border-hairline px-3 pb-1.5 [scrollbar-width:none]"
    >
      <ul className="flex min-w-0 items-center gap-1">
        {tabs.map((id) => (
          <Tab key={id} chatId={id} projectId={projectId} current={id === chatId} onClose={() => close(id)} />
        ))}
      </ul>
      {project && mayWrite(project.role) && (
        <IconLink href={newChatAddress(projectId)} label={t('new')} className="size-7!">
          <Plus size={16} />
        </IconLink>
      )}
    </nav>
  );
}

type TabProps = { chatId: string; projectId: string; current: boolean; onClose: () => void };

function Tab({ chatId, projectId, current, onClose }: TabProps) {
  const t = useTranslations('tabs');
  const ofChats = useTranslations('chats');
  const { data: chat, error } = useChat(chatId, true);
  // Deleted, moved elsewhere, not for whoever is here any more.
  const gone =
    chat === null ||
    (chat && chat.projectId !== projectId) ||
    (error instanceof ApiError && error.status === 404);
  useEffect(() => {
    if (gone && !current) closeTab(projectId, chatId);
  }, [gone, current, projectId, chatId]);
  if (!chat) return null;
  const title = chat.title || ofChats('untitled');
  return (
    <li
      className={cx(
        'group/tab flex h-8 max-w-48 min-w-24 shrink-0 items-center rounded-medium pr-0.5 transition-colors touch:h-11',
        current ? 'bg-active' : 'text-muted hover:bg-hover',
      )}
    >
      <Link
        href={`/c/${chatId}`}
        title={title}
        aria-current={current ? 'page' : undefined}
        className="flex h-full min-w-0 flex-1 items-center gap-1.5 rounded-medium pl-2.5 text-note -outline-offset-2"
      >
        <GoingMark chatId={chatId} />
        <span dir="auto" className="min-w-0 flex-1 truncate">
          {title}
        </span>
      </Link>
      <IconButton small label={t('close', { title })} onClick={onClose} className="size-6! touch:size-11!">
        <X size={13} />
      </IconButton>
    </li>
  );
}
