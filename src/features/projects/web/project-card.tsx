import { useFormatter, useTranslations } from 'use-intl';
import { Link } from 'wouter';
import type { Project } from '../projects.ts';
import { InitialsRow } from './initials.tsx';
import { ProjectTile } from './project-icon.tsx';
import { useMembers } from './use-projects.ts';

/** How cards stand beside one another. */
export const CARD_GRID = 'mt-5 grid grid-cols-[repeat(auto-fill,minmax(min(100%,17.5rem),1fr))] gap-3';

/** One project in the list: what it is about, who is in it, how lively it is. */
export function ProjectCard({ project }: { project: Project }) {
  const t = useTranslations('projects');
  const format = useFormatter();
  const { id, name, description, icon, memberCount, chatCount, activeAt } = project;
  const facts = [t('chats', { count: chatCount }), format.relativeTime(new Date(activeAt), new Date())];
  return (
    <li className="relative flex min-h-40 flex-col rounded-medium border border-hairline bg-surface p-4 transition-colors hover:border-outline has-focus-visible:border-outline">
      <div className="flex items-center gap-3">
        <ProjectTile icon={icon} />
        <h2 className="min-w-0 flex-1 text-row leading-snug font-medium">
          {/* The whole card leads there. */}
          <Link
            href={`/projects/${id}`}
            dir="auto"
            className="line-clamp-2 rounded-small wrap-anywhere after:absolute after:inset-0 after:rounded-medium"
          >
            {name}
          </Link>
        </h2>
      </div>
      {description && (
        <p dir="auto" className="mt-2.5 line-clamp-2 text-sm wrap-anywhere text-muted">
          {description}
        </p>
      )}
      <div className="mt-auto flex flex-wrap items-center justify-between gap-x-3 gap-y-1.5 pt-4">
        {memberCount > 1 ? (
          <Faces project={project} />
        ) : (
          <span className="text-xs text-muted">{t('onlyYou')}</span>
        )}
        <span className="text-xs text-muted tabular-nums">{facts.join(' · ')}</span>
      </div>
    </li>
  );
}

function Faces({ project: { id, memberCount } }: { project: Project }) {
  const t = useTranslations('projects');
  const { data: members } = useMembers(id);
  return (
    <span className="flex h-7 items-center">
      <span className="sr-only">{t('members', { count: memberCount })}</span>
      {members && <InitialsRow members={members} count={memberCount} />}
    </span>
  );
}

/** Where cards will stand once they have been read. */
export function CardSkeletons() {
  return (
    <div className={CARD_GRID} aria-hidden="true">
      {[1, 2, 3].map((place) => (
        <div key={place} className="h-40 animate-breathe rounded-medium bg-hover" />
      ))}
    </div>
  );
}
