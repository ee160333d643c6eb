/** The pages of agents by address: all of them, a new one, one of them, one of its versions. */
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useParams } from 'wouter';
import { Choice } from '#web/ui/choice.tsx';
import { Failed, Page } from '#web/ui/page.tsx';
import { SearchField } from '#web/ui/search-field.tsx';
import type { Agent } from '../agents.ts';
import { SCOPES } from '../rules.ts';
import { CardSkeletons } from './agent-card.tsx';
import { AgentList } from './agent-list.tsx';
import { AgentPage } from './editor/agent-page.tsx';
import { NewAgentPage } from './editor/new-agent-page.tsx';
import { AgentVersionPage } from './editor/version-page.tsx';
import { NewAgentLink, NoAgents } from './no-agents.tsx';
import { useAgents } from './use-agents.ts';

export default function AgentsPages() {
  const { agentId, version } = useParams<{ agentId?: string; version?: string }>();
  if (!agentId) return <AgentsPage />;
  if (agentId === 'new') return <NewAgentPage />;
  if (version) return <AgentVersionPage agentId={agentId} version={version} />;
  return <AgentPage key={agentId} agentId={agentId} />;
}

type Shown = Agent['scope'] | 'all';

function AgentsPage() {
  const t = useTranslations('agents');
  const list = useAgents();
  const [words, setWords] = useState('');
  const [scope, setScope] = useState<Shown>('all');
  const [shown, setShown] = useState<'active' | 'archived'>('active');
  const archived = shown === 'archived';
  const agents = (list.data ?? []).filter(
    (agent) =>
      agent.archived === archived && (scope === 'all' || agent.scope === scope) && matches(agent, words),
  );
  const none = list.isSuccess && agents.length === 0;
  const first = none && list.data.length === 0;
  return (
    <Page title={t('title')} text={t('text')} action={list.isSuccess && !first && <NewAgentLink />}>
      {!first && (
        <div className="mt-7 flex flex-wrap items-center gap-2">
          <SearchField label={t('search')} onSearch={setWords} className="min-w-52 flex-1 sm:max-w-xs" />
          <Choice
            quiet
            label={t('whose')}
            value={scope}
            onChange={setScope}
            options={(['all', ...SCOPES] as const).map((value) => ({ value, label: t(`filter.${value}`) }))}
          />
          <Choice
            quiet
            label={t('shown')}
            value={shown}
            onChange={setShown}
            options={(['active', 'archived'] as const).map((value) => ({ value, label: t(value) }))}
          />
        </div>
      )}
      {list.isPending && <CardSkeletons />}
      {list.isError && !list.data && <Failed onRetry={() => void list.refetch()}>{t('failed')}</Failed>}
      {first ? (
        <NoAgents text={t('noneText')}>
          <NewAgentLink />
        </NoAgents>
      ) : (
        none && (
          <p className="mt-10 text-sm text-muted">
            {words ? t('nothingFound', { words }) : archived ? t('noneArchived') : t('noneHere')}
          </p>
        )
      )}
      {SCOPES.map((one) => (
        <AgentList
          key={one}
          title={t(`filter.${one}`)}
          agents={agents.filter((agent) => agent.scope === one)}
        />
      ))}
    </Page>
  );
}

/** Every word is in what people see of it. */
function matches({ name, description }: Agent, words: string): boolean {
  const text = `${name} ${description}`.toLocaleLowerCase();
  return words
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
