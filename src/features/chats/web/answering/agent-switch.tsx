import { ChevronDown } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslations } from 'use-intl';
import type { Agent } from '#features/agents/agents.ts';
import { AgentIcon, useAgents, useAgentsFor } from '#features/agents/web/index.ts';
import { forgetChoice } from '#features/endpoints/web/index.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { cx } from '#web/ui/classes.ts';
import { FetchedLayer } from '#web/ui/fetched-layer.tsx';
import { toast } from '#web/ui/toast.tsx';
import type { Chat } from '../../chats.ts';
import { changeChat } from '../change-chat.ts';
import { NEW_CHAT } from '../drafts.ts';
import type { NewPlace } from '../new-chat.ts';
import { chooseAgent, useAgentChoice } from './who-answers.ts';

const fetchLayer = () => import('./agent-layer.tsx');

/** `chat` null: the one that begins with the next message, at `place`. */
type AgentSwitchProps = { chat: Chat | null; place: NewPlace | null };

/** Shows which agent answers in a chat, and lets another one be chosen or none; nothing while there are none at all. */
export function AgentSwitch({ chat, place }: AgentSwitchProps) {
  const t = useTranslations('answering');
  const words = useErrorWords();
  const { data } = useAgents();
  const answering = useAgentsFor(chat ?? place);
  const chosen = useAgentChoice(NEW_CHAT);
  const chosenId = chat ? chat.agentId : (chosen?.id ?? null);
  const agent = data?.find(({ id }) => id === chosenId) ?? null;
  const inForce = agent && answering?.includes(agent) ? agent : null;
  const key = chat?.id;
  useEffect(() => {
    // What it says about its model shows beside it.
    if (key && answering) chooseAgent(key, inForce);
  }, [key, answering, inForce]);
  if (!data || !answering || (answering.length === 0 && chosenId === null)) return null;
  const choose = (next: Agent | null) => {
    forgetChoice(chat?.id ?? null);
    if (!chat) return chooseAgent(NEW_CHAT, next);
    changeChat(chat, { agentId: next?.id ?? null }).catch((error) =>
      toast(t('changeFailed', { detail: words(error) })),
    );
  };
  const name = agent ? agent.name : chosenId ? t('unreadable') : null;
  const label = name === null ? t('choose') : t('current', { name });
  return (
    <FetchedLayer
      kind="dialog"
      fetch={fetchLayer}
      give={{ agents: answering, current: chosenId, onChoose: choose }}
      trigger={
        <button
          type="button"
          aria-label={label}
          title={label}
          className="flex h-9 max-w-[30vw] min-w-0 shrink-0 items-center gap-1.5 rounded-medium px-2 text-sm text-muted transition-colors hover:bg-hover hover:text-text data-[state=open]:bg-hover sm:max-w-52 touch:h-11 touch:min-w-11 touch:justify-center"
        >
          <AgentIcon icon={agent?.icon ?? ''} />
          {name !== null && (
            <span dir="auto" className={cx('truncate max-sm:sr-only', !inForce && 'line-through')}>
              {name}
            </span>
          )}
          <ChevronDown size={16} className="shrink-0 max-sm:hidden" aria-hidden />
        </button>
      }
    />
  );
}
