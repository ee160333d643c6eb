import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Project } from '#features/projects/projects.ts';
import { mayWrite } from '#features/projects/rules.ts';
import { Checkbox } from '#web/ui/checkbox.tsx';
import { Failed } from '#web/ui/page.tsx';
import { CardSkeletons } from './agent-card.tsx';
import { AgentList } from './agent-list.tsx';
import { NewAgentLink, NoAgents } from './no-agents.tsx';
import { useAgents } from './use-agents.ts';

/** The agents of a project: every member has them answer, who may write there changes them. */
export default function ProjectAgents({ project }: { project: Project }) {
  const t = useTranslations('agents');
  const list = useAgents();
  const [archived, setArchived] = useState(false);
  const own = (list.data ?? []).filter(({ projectId }) => projectId === project.id);
  const shown = own.filter((agent) => agent.archived === archived);
  const may = mayWrite(project.role);
  if (list.isPending) return <CardSkeletons />;
  if (list.isError && !list.data) return <Failed onRetry={() => void list.refetch()}>{t('failed')}</Failed>;
  if (own.length === 0)
    return (
      <NoAgents text={may ? t('noneInProject') : t('noneToUse')}>
        {may && <NewAgentLink projectId={project.id} />}
      </NoAgents>
    );
  return (
    <>
      <div className="mt-4 flex min-h-9 flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <Checkbox
          label={t('showArchived')}
          checked={archived}
          onChange={(event) => setArchived(event.target.checked)}
        />
        {may && <NewAgentLink projectId={project.id} />}
      </div>
      {shown.length === 0 && (
        <p className="mt-8 text-sm text-muted">{archived ? t('noneArchived') : t('noneHere')}</p>
      )}
      <AgentList agents={shown} />
    </>
  );
}
