/** The page of one agent: who may write changes it, everybody else reads what it says. */
import { useTranslations } from 'use-intl';
import { ApiError } from '#web/api/http.ts';
import { Failed, Skeleton } from '#web/ui/page.tsx';
import { useAgent } from '../use-agents.ts';
import { AgentEditor } from './agent-editor.tsx';
import { AgentFacts } from './agent-facts.tsx';
import { AgentFrame, AgentGone } from './agent-frame.tsx';
import { AgentHead } from './agent-head.tsx';
import { AgentVersions } from './agent-versions.tsx';

export function AgentPage({ agentId }: { agentId: string }) {
  const t = useTranslations('agent');
  const { data: agent, error, isPending, refetch } = useAgent(agentId);
  const gone = error instanceof ApiError && [400, 404].includes(error.status);
  return (
    <AgentFrame title={gone ? t('goneTitle') : (agent?.name ?? t('title'))}>
      {gone ? (
        <AgentGone />
      ) : !agent ? (
        <>
          <h1 className="sr-only">{t('title')}</h1>
          {isPending ? <Skeleton lines={4} /> : <Failed onRetry={() => void refetch()}>{t('failed')}</Failed>}
        </>
      ) : (
        <>
          <AgentHead agent={agent} />
          {agent.mayWrite ? (
            <AgentEditor agent={agent} />
          ) : (
            <>
              <AgentFacts content={agent} />
              <AgentVersions agent={agent} />
            </>
          )}
        </>
      )}
    </AgentFrame>
  );
}
