/**
 * What stands under the way to the projects, in the list of chats: the projects that were active last, on which a chat can be
 * dropped to move it there, and the way to the agents.
 */
import { Bot, ChevronRight } from 'lucide-react';
import { type DragEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Link, useLocation } from 'wouter';
import type { Project } from '#features/projects/projects.ts';
import { mayWrite } from '#features/projects/rules.ts';
import { ProjectIcon, useRecentProjects } from '#features/projects/web/index.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { setPreferences, usePreferences } from '#web/preferences.ts';
import { IconButton } from '#web/ui/button.tsx';
import { cx } from '#web/ui/classes.ts';
import { toast } from '#web/ui/toast.tsx';
import { setDrawer } from '#web/ui/windows.ts';
import { droppedChat } from './dropped-chat.ts';
import { askWhere } from './moving.ts';
import { askToMoveSelected } from './order/selection.ts';
import { useMove } from './use-move.ts';

/** The list is for chats; all projects have a page. */
const SHOWN = 5;

export default function SideProjects() {
  return (
    <>
      <RecentProjects />
      <AgentsLink />
    </>
  );
}

function AgentsLink() {
  const t = useTranslations('sideProjects');
  const [location] = useLocation();
  return (
    <Link
      href="/agents"
      aria-current={location === '/agents' ? 'page' : undefined}
      onClick={() => setDrawer(false)}
      className="mt-1 flex h-9 items-center gap-2.5 rounded-medium px-2.5 text-sm transition-colors hover:bg-hover touch:h-11"
    >
      <Bot size={16} className="text-muted" aria-hidden />
      {t('agents')}
    </Link>
  );
}

function RecentProjects() {
  const t = useTranslations('sideProjects');
  const open = usePreferences(({ projectsOpen }) => projectsOpen);
  const { data: projects = [] } = useRecentProjects();
  if (projects.length === 0) return null;
  return (
    <>
      <span className="absolute top-1 right-1 touch:top-0">
        <IconButton
          small
          label={open ? t('hide') : t('show')}
          aria-expanded={open}
          onClick={() => setPreferences({ projectsOpen: !open })}
        >
          <ChevronRight size={15} className={cx('transition-transform', open && 'rotate-90')} />
        </IconButton>
      </span>
      {open && (
        <ul aria-label={t('list')} className="mt-px flex flex-col gap-px">
          {projects.slice(0, SHOWN).map((project) => (
            <Row key={project.id} project={project} />
          ))}
        </ul>
      )}
    </>
  );
}

function Row({ project }: { project: Project }) {
  const [location] = useLocation();
  const { over, ...target } = useDropTarget(project);
  const current = location.startsWith(`/projects/${project.id}`);
  return (
    <li {...target}>
      <Link
        href={`/projects/${project.id}`}
        title={project.name}
        aria-current={current ? 'page' : undefined}
        onClick={() => setDrawer(false)}
        className={cx(
          'flex h-8 items-center gap-2 rounded-medium pr-2 pl-5 text-sm transition-colors touch:h-11',
          over ? 'bg-accent-soft outline-2 outline-accent' : current ? 'bg-active' : 'hover:bg-hover',
        )}
      >
        <span className="shrink-0 text-muted">
          <ProjectIcon icon={project.icon} size={15} />
        </span>
        <span dir="auto" className="min-w-0 truncate">
          {project.name}
        </span>
      </Link>
    </li>
  );
}

/** Takes chats that are dropped; asks first where others would read them from then on. */
function useDropTarget(project: Project) {
  const words = useErrorWords();
  const move = useMove();
  const [over, setOver] = useState(false);
  const { defaultVisibility, memberCount } = project;
  const take = async (links: string) => {
    const chat = await droppedChat(links);
    if (!chat || askToMoveSelected(chat.id, project.id) || chat.projectId === project.id) return;
    if (defaultVisibility === 'shared' && memberCount > 1) askWhere(chat, project.id);
    else await move(chat, { project, visibility: defaultVisibility });
  };
  if (!mayWrite(project.role)) return { over: false };
  return {
    over,
    onDragOver(event: DragEvent) {
      if (!event.dataTransfer.types.includes('text/uri-list')) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop(event: DragEvent) {
      event.preventDefault();
      setOver(false);
      take(event.dataTransfer.getData('text/uri-list')).catch((error) => toast(words(error)));
    },
  };
}
