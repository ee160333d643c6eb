import { useTranslations } from 'use-intl';
import { AgentIcon, useAgents } from '#features/agents/web/index.ts';

/** Names the agent that wrote a reply, after what is said of its time; in words, where it cannot be read any more. */
export function AgentName({ agentId }: { agentId: string }) {
  const t = useTranslations('answering');
  const { data } = useAgents();
  const agent = data?.find(({ id }) => id === agentId);
  if (!data) return null;
  return (
    <>
      {' · '}
      <span className="inline-flex items-baseline gap-1" data-agent="">
        {agent && (
          <span className="self-center">
            <AgentIcon icon={agent.icon} size={13} />
          </span>
        )}
        <bdi>{agent ? agent.name : t('unreadable')}</bdi>
      </span>
    </>
  );
}
