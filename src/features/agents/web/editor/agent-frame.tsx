import { ChevronLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import { Gone } from '#web/ui/gone.tsx';
import { Header } from '#web/ui/header.tsx';
import { useTitle } from '#web/ui/use-title.ts';

type AgentFrameProps = {
  /** What the browser's tab is called. */
  title: string;
  /** Where the way back leads, and what is there; without it to all agents. */
  back?: { href: string; name: string };
  children: ReactNode;
};

/** The frame of a page about one agent, with the way back. */
export function AgentFrame({ title, back, children }: AgentFrameProps) {
  const t = useTranslations('agents');
  useTitle(title);
  return (
    <>
      <Header>
        <nav aria-label={t('back')} className="flex min-w-0 flex-1 items-center">
          <Link
            href={back?.href ?? '/agents'}
            className="flex h-9 min-w-0 items-center gap-1 rounded-medium pr-3 pl-1.5 text-sm text-muted transition-colors hover:bg-hover hover:text-text touch:h-11"
          >
            <ChevronLeft size={18} className="shrink-0" aria-hidden />
            <span dir="auto" className="truncate">
              {back?.name ?? t('title')}
            </span>
          </Link>
        </nav>
      </Header>
      <div className="@container min-h-0 flex-1 overflow-y-auto [scrollbar-gutter:stable]">
        <div className="@container mx-auto max-w-3xl px-4 pt-4 pb-16 sm:px-6">{children}</div>
      </div>
    </>
  );
}

/** Stands where an agent was that is not shared with whoever is here any more, or never was. */
export function AgentGone() {
  const t = useTranslations('agent');
  const ofList = useTranslations('agents');
  return <Gone title={t('goneTitle')} text={t('goneText')} to={{ href: '/agents', name: ofList('toAll') }} />;
}
