import { useTranslations } from 'use-intl';
import { Link, useLocation } from 'wouter';
import { useWhoAndWhen } from '#features/contexts/web/index.ts';
import { ApiError } from '#web/api/http.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Button } from '#web/ui/button.tsx';
import { Failed, Skeleton } from '#web/ui/page.tsx';
import { toast } from '#web/ui/toast.tsx';
import type { Agent } from '../../agents.ts';
import { restoreAgentVersion } from '../agent-calls.ts';
import { AgentTile } from '../agent-icon.tsx';
import { useAgent, useAgentVersion } from '../use-agents.ts';
import { AgentFacts } from './agent-facts.tsx';
import { AgentFrame, AgentGone } from './agent-frame.tsx';

type AgentVersionPageProps = { agentId: string; version: string };

/** One version of an agent, as it was when a reply was written with it. */
export function AgentVersionPage({ agentId, version }: AgentVersionPageProps) {
  const t = useTranslations('agent');
  const whoAndWhen = useWhoAndWhen();
  const agent = useAgent(agentId);
  const { data: one, error, isPending, refetch } = useAgentVersion(agentId, version);
  const gone = error instanceof ApiError && [400, 404].includes(error.status);
  const title = one ? t('versionTitle', { name: one.name, version: one.version }) : t('title');
  const back = agent.data && { href: `/agents/${agentId}`, name: agent.data.name };
  return (
    <AgentFrame title={gone ? t('goneTitle') : title} {...(back && { back })}>
      {gone ? (
        <AgentGone />
      ) : one ? (
        <>
          <div className="flex items-start gap-4">
            <AgentTile icon={one.icon} large />
            <div className="min-w-0">
              <h1 dir="auto" className="text-2xl font-semibold tracking-tight wrap-anywhere">
                {title}
              </h1>
              <p className="mt-1 text-note text-muted tabular-nums">
                {whoAndWhen(one.createdBy, one.createdAt)}
              </p>
            </div>
          </div>
          {agent.data && <InForce agent={agent.data} version={one.version} />}
          <AgentFacts content={one} />
        </>
      ) : (
        <>
          <h1 className="sr-only">{t('title')}</h1>
          {isPending ? <Skeleton lines={4} /> : <Failed onRetry={() => void refetch()}>{t('failed')}</Failed>}
        </>
      )}
    </AgentFrame>
  );
}

/** Whether the version still holds, the way to the one that does, and for who may write the way back. */
function InForce({ agent, version }: { agent: Agent; version: number }) {
  const t = useTranslations('agent');
  const words = useErrorWords();
  const [, navigate] = useLocation();
  if (agent.version === version) return <p className="mt-4 text-sm text-muted">{t('holds')}</p>;
  const restore = async () => {
    try {
      const saved = await restoreAgentVersion(agent.id, version);
      toast(t('broughtBack', { from: version, version: saved.version }));
      navigate(`/agents/${agent.id}`);
    } catch (error) {
      toast(words(error));
    }
  };
  return (
    <p className="mt-4 flex flex-wrap items-center gap-x-3 gap-y-2 text-sm">
      <Link
        href={`/agents/${agent.id}`}
        className="font-medium text-accent underline-offset-4 hover:underline"
      >
        {t('newer', { version: agent.version })}
      </Link>
      {agent.mayWrite && (
        <Button small onClick={() => void restore()}>
          {t('bringBack')}
        </Button>
      )}
    </p>
  );
}
