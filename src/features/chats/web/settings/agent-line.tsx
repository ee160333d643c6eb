import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import type { Agent } from '#features/agents/agents.ts';
import { api } from '#web/api/http.ts';

/** Which agent answers. */
export function AgentLine({ agentId }: { agentId: string | null }) {
  const t = useTranslations('chatSettings');
  const { data: agent } = useQuery({
    queryKey: ['agent', agentId],
    queryFn: ({ signal }) => api<Agent>('GET', `/api/v1/agents/${agentId}`, undefined, signal),
    enabled: agentId !== null,
  });
  return (
    <p className="flex flex-wrap justify-between gap-x-3 text-sm">
      <span className="font-medium">{t('agent')}</span>
      <span className={agentId ? undefined : 'text-muted'} dir="auto">
        {agentId ? (agent?.name ?? '…') : t('noAgent')}
      </span>
    </p>
  );
}
