import { Check } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { Link, useLocation, useSearch } from 'wouter';
import type { Agent } from '#features/agents/agents.ts';
import { AgentIcon, type ChatPlace, useAgentsFor } from '#features/agents/web/index.ts';
import { keep, readKept } from '#web/kept/kept.ts';
import { cx } from '#web/ui/classes.ts';
import { NEW_CHAT } from '../drafts.ts';
import { beginWith } from './begin-with.ts';
import { CARDS_HEIGHT } from './cards-height.ts';
import { chooseAgent, useAgentChoice } from './who-answers.ts';

/** More are on their own page. */
const MOST = 6;

type AgentCardsProps = {
  /** Where the chat is to be that begins. */
  place: ChatPlace;
  /** Puts the cursor into the composer. */
  focus: () => void;
};

/** The agents that can lead the chat that begins, as cards under the greeting; nothing at all while there are none. */
export function AgentCards({ place, focus }: AgentCardsProps) {
  const t = useTranslations('answering');
  const ofList = useTranslations('agents');
  const agents = useAgentsFor(place);
  const chosen = useChosen(agents, place);
  const list = useRef<HTMLDivElement>(null);
  const count = agents?.length;
  useLayoutEffect(() => {
    if (count !== undefined) keep(CARDS_HEIGHT, count === 0 ? null : String(list.current?.offsetHeight ?? 0));
  }, [count]);
  if (!agents) return <div style={{ height: Number(readKept(CARDS_HEIGHT)) }} />;
  if (agents.length === 0) return null;
  const first = agents.slice(0, MOST);
  const shown = chosen && !first.includes(chosen) ? [...first.slice(0, -1), chosen] : first;
  const choose = (agent: Agent) => {
    beginWith(agent === chosen ? null : agent, place);
    focus();
  };
  return (
    <div ref={list} className="mx-auto w-full max-w-(--measure) px-4 pb-5 sm:px-6">
      <ul aria-label={t('cards')} className="flex flex-wrap justify-center gap-2">
        {shown.map((agent) => (
          <li
            key={agent.id}
            className={cx('w-[calc(50%-0.25rem)]', shown.length !== 4 && 'sm:w-[calc((100%-1rem)/3)]')}
          >
            <Card agent={agent} chosen={agent === chosen} onChoose={() => choose(agent)} />
          </li>
        ))}
      </ul>
      {agents.length > MOST && (
        <Link
          href="/agents"
          className="mx-auto mt-1.5 flex w-fit items-center rounded-medium px-2.5 py-1 text-note text-muted hover:bg-hover hover:text-text touch:min-h-11"
        >
          {ofList('toAll')}
        </Link>
      )}
    </div>
  );
}

type CardProps = { agent: Agent; chosen: boolean; onChoose: () => void };

function Card({ agent: { name, description, icon }, chosen, onChoose }: CardProps) {
  return (
    <button
      type="button"
      aria-pressed={chosen}
      title={description || undefined}
      onClick={onChoose}
      className={cx(
        'flex h-full min-h-12 w-full items-center gap-2.5 rounded-medium border px-3 py-2 text-left text-sm transition-colors',
        chosen ? 'border-accent bg-accent-soft' : 'border-hairline hover:bg-hover',
      )}
    >
      <span className={cx('shrink-0', chosen ? 'text-accent' : 'text-muted')}>
        <AgentIcon icon={icon} size={18} />
      </span>
      <span dir="auto" className="min-w-0 flex-1">
        <span className="block truncate font-medium">{name}</span>
        {description && (
          <span className="block truncate text-xs text-muted max-sm:hidden">{description}</span>
        )}
      </span>
      {chosen && <Check size={16} className="shrink-0 text-accent" aria-hidden />}
    </button>
  );
}

/**
 * The agent that is chosen, as it is by now; one that may not answer at the place any more is let go. The address may name one:
 * that is how other pages begin a chat with it.
 */
function useChosen(agents: readonly Agent[] | undefined, place: ChatPlace): Agent | null {
  const choice = useAgentChoice(NEW_CHAT);
  const given = new URLSearchParams(useSearch());
  const named = given.get('agent');
  given.delete('agent');
  const address = `/${given.size > 0 ? `?${given}` : ''}`;
  const [, navigate] = useLocation();
  const wanted = named ?? choice?.id ?? null;
  const chosen = agents?.find(({ id }) => id === wanted) ?? null;
  const known = agents !== undefined;
  useEffect(() => {
    if (!known) return;
    if (named !== null) beginWith(chosen, place);
    else if (chosen !== (choice ?? null)) chooseAgent(NEW_CHAT, chosen);
    if (named === null) return;
    navigate(address, { replace: true });
  }, [known, chosen, choice, named, address, navigate, place]);
  return chosen;
}
