import { ChevronDown } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Agent } from '#features/agents/agents.ts';
import { AgentIcon, useAgents, useAgentsFor } from '#features/agents/web/index.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { cx } from '#web/ui/classes.ts';
import { FetchedLayer } from '#web/ui/fetched-layer.tsx';
import { toast } from '#web/ui/toast.tsx';
import type { Chat } from '../../chats.ts';
import { changeChat } from '../change-chat.ts';
import { NEW_CHAT } from '../drafts.ts';
import type { NewPlace } from '../new-chat.ts';
import { beginWith } from './begin-with.ts';
import { useAgentChoice } from './who-answers.ts';

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
  if (!data || !answering || (answering.length === 0 && chosenId === null)) return null;
  const choose = (next: Agent | null) => {
    if (!chat) return beginWith(next, place);
    // Who chooses an agent with a model of its own means that one, whatever was chosen for the chat before.
    const { modelId: _, ...others } = chat.settings;
    const settings = next?.modelId ? { settings: others } : {};
    changeChat(chat, { agentId: next?.id ?? null, ...settings }).catch((error) =>
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
