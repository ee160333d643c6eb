import { Archive, ArchiveRestore } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useProject } from '#features/projects/web/index.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Button } from '#web/ui/button.tsx';
import { toast } from '#web/ui/toast.tsx';
import type { Agent } from '../../agents.ts';
import { changeAgent } from '../agent-calls.ts';
import { ChatLink } from '../agent-card.tsx';
import { AgentTile } from '../agent-icon.tsx';

/** What an agent is called, whose it is, and what can be done with the whole of it. */
export function AgentHead({ agent }: { agent: Agent }) {
  const t = useTranslations('agent');
  const { data: project } = useProject(agent.projectId);
  const { name, icon, scope, archived, mayWrite, version } = agent;
  return (
    <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
      <AgentTile icon={icon} large />
      <div className="min-w-0 flex-1 basis-56">
        <h1 dir="auto" className="text-2xl font-semibold tracking-tight wrap-anywhere">
          {name}
        </h1>
        <p className="mt-1 flex flex-wrap gap-x-3 text-note text-muted tabular-nums">
          <span>
            {scope === 'project' ? t('ofProject', { name: project?.name ?? '…' }) : t(`scope.${scope}`)}
          </span>
          <span>{t('version', { version })}</span>
          {!mayWrite && <span>{t(`readOnly.${scope}`)}</span>}
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-1.5">
        {!archived && <ChatLink agent={agent} />}
        {mayWrite && <ArchiveButton agent={agent} />}
      </div>
      {archived && <Note>{t('isArchived')}</Note>}
    </div>
  );
}

const Note = ({ children }: { children: ReactNode }) => (
  <p className="flex w-full items-center gap-2 rounded-medium bg-hover px-3.5 py-2.5 text-sm text-pretty">
    <Archive size={16} className="shrink-0 text-muted" aria-hidden />
    {children}
  </p>
);

function ArchiveButton({ agent: { id, archived } }: { agent: Agent }) {
  const t = useTranslations('agent');
  const words = useErrorWords();
  const put = (away: boolean) => changeAgent(id, { archived: away });
  const orSay = (work: Promise<unknown>) => void work.catch((error) => toast(words(error)));
  const archive = async () => {
    await put(true);
    toast(t('archived'), { label: t('undo'), run: () => orSay(put(false)) });
  };
  const takeBack = async () => {
    await put(false);
    toast(t('takenBack'));
  };
  return archived ? (
    <Button small onClick={() => orSay(takeBack())}>
      <ArchiveRestore size={15} aria-hidden />
      {t('takeBack')}
    </Button>
  ) : (
    <Button small look="quiet" onClick={() => orSay(archive())}>
      <Archive size={15} aria-hidden />
      {t('archive')}
    </Button>
  );
}
