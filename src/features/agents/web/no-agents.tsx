import { Bot, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';

type NoAgentsProps = {
  /** What agents are for here. */
  text: string;
  /** The way to the first one. */
  children?: ReactNode;
};

/** Stands where agents will be. */
export function NoAgents({ text, children }: NoAgentsProps) {
  const t = useTranslations('agents');
  return (
    <div className="mx-auto mt-14 flex max-w-md animate-appear flex-col items-center text-center">
      <span className="grid size-14 place-items-center rounded-large bg-accent-soft text-accent">
        <Bot size={26} aria-hidden />
      </span>
      <h2 className="mt-4 text-lg font-semibold tracking-tight">{t('noneTitle')}</h2>
      <p className="mt-1.5 mb-5 text-sm text-pretty text-muted">{text}</p>
      {children}
    </div>
  );
}

/** The way to a new agent; of a project, where there is one. */
export function NewAgentLink({ projectId }: { projectId?: string }) {
  const t = useTranslations('agents');
  return (
    <Link
      href={`/agents/new${projectId ? `?project=${projectId}` : ''}`}
      className="inline-flex h-9 shrink-0 items-center gap-1.5 rounded-medium bg-accent px-3.5 text-sm font-medium text-on-accent transition-colors hover:bg-accent-strong touch:h-11"
    >
      <Plus size={16} aria-hidden />
      {t('make')}
    </Link>
  );
}
