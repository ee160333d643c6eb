import { MessageSquarePlus } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import { useProject } from '#features/projects/web/index.ts';
import { cx } from '#web/ui/classes.ts';
import type { Agent } from '../agents.ts';
import { AgentTile } from './agent-icon.tsx';

/** How cards stand beside one another. */
export const CARD_GRID = 'mt-4 grid grid-cols-[repeat(auto-fill,minmax(min(100%,17.5rem),1fr))] gap-3';

/** The address of a new chat that an agent answers; an agent of a project begins it there, for who may write there. */
export const chatAddress = ({ id, projectId, mayWrite }: Agent): string =>
  `/?${projectId && mayWrite ? `project=${projectId}&` : ''}agent=${id}`;

/** `Name`: the heading that fits where the card stands; at the top of a page it is clear of which project it is. */
type AgentCardProps = { agent: Agent; Name: 'h2' | 'h3' };

/** One agent among others: what it is for, what answers, and the way to a chat with it. */
export function AgentCard({ agent, Name }: AgentCardProps) {
  const t = useTranslations('agents');
  const { id, name, description, icon, modelId, archived } = agent;
  return (
    <li className="relative flex min-h-36 flex-col rounded-medium border border-hairline bg-surface p-4 transition-colors hover:border-outline has-focus-visible:border-outline">
      <div className="flex items-center gap-3">
        <AgentTile icon={icon} />
        <Name className="min-w-0 flex-1 text-row leading-snug font-medium">
          {/* The whole card leads there. */}
          <Link
            href={`/agents/${id}`}
            dir="auto"
            className="line-clamp-2 rounded-small wrap-anywhere after:absolute after:inset-0 after:rounded-medium"
          >
            {name}
          </Link>
        </Name>
      </div>
      {description && (
        <p dir="auto" className="mt-2.5 line-clamp-2 text-sm wrap-anywhere text-muted">
          {description}
        </p>
      )}
      <div className="mt-auto flex items-end justify-between gap-3 pt-3">
        <span className="flex min-w-0 flex-col text-xs text-muted">
          {Name === 'h3' && <ProjectOf agent={agent} />}
          <span className="truncate">{modelId ?? t('anyModel')}</span>
        </span>
        {!archived && <ChatLink agent={agent} className="relative z-1 -my-1 -mr-1.5" />}
      </div>
    </li>
  );
}

function ProjectOf({ agent: { projectId } }: { agent: Agent }) {
  const { data: project } = useProject(projectId);
  return project ? (
    <span dir="auto" className="truncate">
      {project.name}
    </span>
  ) : null;
}

/** The way to a new chat that the agent answers. */
export function ChatLink({ agent, className }: { agent: Agent; className?: string }) {
  const t = useTranslations('agents');
  return (
    <Link
      href={chatAddress(agent)}
      aria-label={t('chatWith', { name: agent.name })}
      className={cx(
        'inline-flex h-8 shrink-0 items-center gap-1.5 rounded-medium px-2.5 text-note font-medium text-accent transition-colors hover:bg-hover touch:h-11',
        className,
      )}
    >
      <MessageSquarePlus size={15} aria-hidden />
      {t('chat')}
    </Link>
  );
}

/** Where cards will stand once they have been read. */
export function CardSkeletons() {
  return (
    <div className={CARD_GRID} aria-hidden="true">
      {[1, 2, 3].map((place) => (
        <div key={place} className="h-36 animate-breathe rounded-medium bg-hover" />
      ))}
    </div>
  );
}
