import { CircleSlash } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Agent } from '#features/agents/agents.ts';
import { AgentIcon } from '#features/agents/web/index.ts';
import { SearchedList } from '#web/ui/searched-list.tsx';
import { matching } from './mention-text.ts';

export type AgentOptionsProps = {
  agents: readonly Agent[];
  /** Null: none. */
  current: string | null;
  onChoose: (agent: Agent | null) => void;
};

/** What stands for none of them. */
const NONE = '';

/** What an agent is in a list to choose from. */
export const agentOption = ({ id, name, description, icon }: Agent) => ({
  key: id,
  mark: <AgentIcon icon={icon} />,
  name,
  note: description,
});

/** The agents to choose from, and none of them. */
export function AgentOptions({ agents, current, onChoose }: AgentOptionsProps) {
  const t = useTranslations('answering');
  const none = {
    key: NONE,
    mark: <CircleSlash size={16} aria-hidden />,
    name: t('none'),
    note: t('noneText'),
  };
  const find = (search: string) => {
    const found = matching(agents, search).map(agentOption);
    return search.trim() === '' ? [none, ...found] : found;
  };
  return (
    <SearchedList
      label={t('choose')}
      search={t('search')}
      find={find}
      chosen={[current ?? NONE]}
      none={t('notFound')}
      onChoose={(key) => onChoose(agents.find(({ id }) => id === key) ?? null)}
    />
  );
}
