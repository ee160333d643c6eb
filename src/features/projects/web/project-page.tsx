/** One project: what it is about, and what is in it under tabs that have addresses of their own. */
import { ChevronLeft } from 'lucide-react';
import { type ReactNode, Suspense } from 'react';
import { useTranslations } from 'use-intl';
import { Link, useParams } from 'wouter';
import { PROJECT_INSTRUCTIONS } from '#features/contexts/web/index.ts';
import { ApiError } from '#web/api/http.ts';
import { FetchedPart } from '#web/i18n/fetched-part.tsx';
import { cx } from '#web/ui/classes.ts';
import { Header } from '#web/ui/header.tsx';
import { Failed, Skeleton } from '#web/ui/page.tsx';
import { useTitle } from '#web/ui/use-title.ts';
import type { Project } from '../projects.ts';
import { mayWrite } from '../rules.ts';
import { MembersTab } from './members-tab.tsx';
import { ProjectGone } from './project-gone.tsx';
import { ProjectHead } from './project-head.tsx';
import { SettingsTab } from './settings-tab.tsx';
import { useProject } from './use-project.ts';

type Tab = 'chats' | 'agents' | 'instructions' | 'members' | 'settings';

type ProjectPageProps = Record<'chats' | 'agents', (project: Project) => ReactNode>;

/** `chats` and `agents` draw their tabs: what is said in a project, and who answers there, are other rooms'. */
export function ProjectPage({ chats, agents }: ProjectPageProps) {
  const t = useTranslations('project');
  const { projectId = '', tab = 'chats' } = useParams<{ projectId: string; tab?: string }>();
  const { data: project, error, isPending, refetch } = useProject(projectId);
  const gone = project === null || (error instanceof ApiError && [400, 404].includes(error.status));
  useTitle(gone ? t('goneTitle') : (project?.name ?? t('title')));
  return (
    <>
      <Header>
        <nav aria-label={t('back')} className="flex min-w-0 flex-1 items-center">
          <Link
            href="/projects"
            className="flex h-9 items-center gap-1 rounded-medium pr-3 pl-1.5 text-sm text-muted transition-colors hover:bg-hover hover:text-text touch:h-11"
          >
            <ChevronLeft size={18} aria-hidden />
            {t('all')}
          </Link>
        </nav>
      </Header>
      <div className="@container min-h-0 flex-1 overflow-y-auto [scrollbar-gutter:stable]">
        <div className="mx-auto max-w-4xl px-4 pt-4 pb-16 sm:px-6">
          {gone ? (
            <ProjectGone />
          ) : project ? (
            <>
              <ProjectHead key={project.id} project={project} />
              <Tabs project={project} current={tab} />
              {tab === 'instructions' ? (
                <Suspense fallback={<Skeleton lines={4} />}>
                  <FetchedPart
                    part={PROJECT_INSTRUCTIONS}
                    give={{ projectId: project.id, reads: !mayWrite(project.role) }}
                  />
                </Suspense>
              ) : tab === 'agents' ? (
                agents(project)
              ) : tab === 'members' ? (
                <MembersTab project={project} />
              ) : tab === 'settings' ? (
                <SettingsTab project={project} />
              ) : (
                chats(project)
              )}
            </>
          ) : (
            <>
              <h1 className="sr-only">{t('title')}</h1>
              {isPending ? (
                <Skeleton lines={4} />
              ) : (
                <Failed onRetry={() => void refetch()}>{t('failed')}</Failed>
              )}
            </>
          )}
        </div>
      </div>
    </>
  );
}

/** In one line where there is room for a line below them; else in as many as it takes. */
function Tabs({ project, current }: { project: Project; current: string }) {
  const t = useTranslations('project');
  const tabs: Tab[] = ['chats', 'agents', 'instructions', 'members', 'settings'];
  const count: Partial<Record<Tab, number>> = { chats: project.chatCount, members: project.memberCount };
  return (
    <nav aria-label={t('tabs')} className="mt-6 flex flex-wrap gap-1 @2xl:border-b @2xl:border-hairline">
      {tabs.map((tab) => (
        <Link
          key={tab}
          href={`/projects/${project.id}${tab === 'chats' ? '' : `/${tab}`}`}
          aria-current={tab === current ? 'page' : undefined}
          className={cx(
            'flex h-10 items-center gap-1.5 px-2.5 text-sm @md:px-3 transition-colors -outline-offset-2 touch:h-11',
            '@max-2xl:rounded-medium @2xl:-mb-px @2xl:border-b-2',
            tab === current
              ? 'border-accent font-medium @max-2xl:bg-hover'
              : 'border-transparent text-muted hover:text-text',
          )}
        >
          {t(`tab.${tab}`)}
          {count[tab] !== undefined && (
            <span className="text-xs font-normal text-muted tabular-nums">{count[tab]}</span>
          )}
        </Link>
      ))}
    </nav>
  );
}
