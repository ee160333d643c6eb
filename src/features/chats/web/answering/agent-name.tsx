import { useTranslations } from 'use-intl';
import { AgentIcon, useAgents } from '#features/agents/web/index.ts';

/**
 * Names the agent that writes or wrote a reply, with a point before it where something else comes first; in words, where it cannot be
 * read any more.
 */
export function AgentName({ agentId }: { agentId: string }) {
  const t = useTranslations('answering');
  const { data } = useAgents();
  const agent = data?.find(({ id }) => id === agentId);
  if (!data) return null;
  return (
    <span className="not-first:before:mx-1 not-first:before:content-['·']">
      <span className="inline-flex items-baseline gap-1" data-agent="">
        {agent && (
          <span className="self-center">
            <AgentIcon icon={agent.icon} size={13} />
          </span>
        )}
        <bdi>{agent ? agent.name : t('unreadable')}</bdi>
      </span>
    </span>
  );
}
