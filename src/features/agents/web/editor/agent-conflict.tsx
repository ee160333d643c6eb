import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { Conflict } from '#features/contexts/web/index.ts';
import { Skeleton } from '#web/ui/page.tsx';
import type { Agent, AgentContent } from '../../agents.ts';
import { AGENTS } from '../refresh.ts';
import { readVersion } from '../use-agents.ts';
import { useAgentAsText } from './agent-facts.tsx';

type AgentConflictProps = {
  /** What somebody else has saved meanwhile. */
  theirs: Agent;
  mine: AgentContent;
  busy: boolean;
  onMine: () => void;
  onTheirs: () => void;
};

/** Both versions of an agent side by side, as texts. */
export function AgentConflict({ theirs, mine, ...ways }: AgentConflictProps) {
  const t = useTranslations('agent');
  const asText = useAgentAsText();
  const { id, version, updatedAt } = theirs;
  // Who saved it is told with the version.
  const saved = useQuery({
    queryKey: [AGENTS, id, 'version', String(version)],
    queryFn: ({ signal }) => readVersion(id, version, signal),
  });
  if (saved.isPending) return <Skeleton lines={2} />;
  const by = { version, updatedAt, updatedBy: saved.data?.createdBy ?? null };
  return (
    <div className="mt-6">
      <Conflict
        {...ways}
        title={t('conflict')}
        theirs={{ ...by, content: asText(theirs) }}
        mine={asText(mine)}
      />
    </div>
  );
}
