import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import { ProjectIcon, useProject } from '#features/projects/web/index.ts';
import { cx } from '#web/ui/classes.ts';

type ChatCrumbProps = {
  projectId: string;
  /** A title stands behind it. */
  titled: boolean;
};

/** The project that a chat is in, before its title; the way back to it. */
export default function ChatCrumb({ projectId, titled }: ChatCrumbProps) {
  const t = useTranslations('room');
  const { data: project } = useProject(projectId);
  if (!project) return null;
  return (
    <nav
      aria-label={t('crumb')}
      className="flex min-w-0 shrink items-center gap-1 max-md:shrink-0 @max-xl:shrink-0"
    >
      <Link
        href={`/projects/${projectId}`}
        title={project.name}
        aria-label={project.name}
        className="flex h-8 min-w-0 items-center gap-1.5 rounded-medium px-1.5 text-sm text-muted transition-colors outline-offset-0 hover:bg-hover hover:text-text touch:h-11"
      >
        <span className="shrink-0">
          <ProjectIcon icon={project.icon} />
        </span>
        {/* A letter of it would say less than the mark alone. */}
        <span dir="auto" className={cx('max-w-44 truncate max-md:hidden', titled && '@max-xl:hidden')}>
          {project.name}
        </span>
      </Link>
      {titled && <ChevronRight size={14} className="shrink-0 text-muted max-md:hidden" aria-hidden />}
    </nav>
  );
}
