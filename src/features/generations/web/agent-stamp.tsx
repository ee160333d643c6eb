import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import { useAgents } from '#features/agents/web/index.ts';

type AgentStampProps = { agentId: string; version: number };

/** The agent that wrote a reply, as it was then; the way to that version for who may read it. */
export default function AgentStamp({ agentId, version }: AgentStampProps) {
  const t = useTranslations('answering');
  const { data } = useAgents();
  const agent = data?.find(({ id }) => id === agentId);
  return (
    <div className="contents">
      <dt className="text-muted">{t('agent')}</dt>
      <dd dir="auto" className="wrap-anywhere">
        {agent ? (
          <Link
            href={`/agents/${agentId}/${version}`}
            className="font-medium text-accent underline-offset-4 hover:underline"
          >
            {t('versionOf', { name: agent.name, version })}
          </Link>
        ) : (
          t('versionOf', { name: t('unreadable'), version })
        )}
      </dd>
    </div>
  );
}
