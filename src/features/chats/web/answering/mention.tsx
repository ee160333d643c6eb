/** Naming an agent for one message: `@` in the composer offers those that may answer here, the chosen one stands above the text. */
import { X } from 'lucide-react';
import { type RefObject, useEffect, useId, useReducer, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslations } from 'use-intl';
import type { Agent } from '#features/agents/agents.ts';
import { AgentIcon, type ChatPlace, useAgentsFor } from '#features/agents/web/index.ts';
import { IconButton } from '#web/ui/button.tsx';
import { ListOption } from '#web/ui/list-option.tsx';
import { agentOption } from './agent-options.tsx';
import { matching, mentionAt, typedOut, withoutMention } from './mention-text.ts';
import { useFieldOptions } from './use-field-options.ts';
import { chooseAgent, onceIn, useAgentChoice } from './who-answers.ts';

type MentionProps = {
  chatId: string | null;
  place: ChatPlace;
  field: RefObject<HTMLTextAreaElement | null>;
  draft: string;
  onDraft: (text: string) => void;
};

export function Mention({ chatId, place, field, draft, onDraft }: MentionProps) {
  const t = useTranslations('answering');
  const agents = useAgentsFor(place);
  const all = agents ?? [];
  const once = useAgentChoice(onceIn(chatId));
  const caret = useCaret(field, draft);
  const mention = mentionAt(draft, caret);
  const [closedAt, setClosedAt] = useState<number | null>(null);
  const found = mention && mention.from !== closedAt ? matching(all, mention.query) : [];
  const [index, setIndex] = useState(0);
  const at = Math.min(index, found.length - 1);
  const id = useId();
  // Only while it may answer: who sees the chat may have been changed since.
  const fits = !once || !agents || agents.some((agent) => agent.id === once.id);
  useEffect(() => {
    if (!fits) chooseAgent(onceIn(chatId), null);
  }, [fits, chatId]);

  const choose = (agent: Agent) => {
    const rest = withoutMention(draft, mention!);
    chooseAgent(onceIn(chatId), agent);
    setIndex(0);
    flushSync(() => onDraft(rest.text));
    field.current?.focus();
    field.current?.setSelectionRange(rest.caret, rest.caret);
  };
  const letGo = () => {
    chooseAgent(onceIn(chatId), null);
    field.current?.focus();
  };
  useFieldOptions(field, { id, open: found.length > 0, at }, (key) => {
    if (key === 'Backspace' && once && draft === '') {
      letGo();
      return true;
    }
    if (found.length === 0 || !mention) return false;
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      const step = key === 'ArrowDown' ? 1 : -1;
      setIndex((at + step + found.length) % found.length);
    } else if (key === 'Enter' || key === 'Tab') choose(found[at]!);
    else if (key === 'Escape') setClosedAt(mention.from);
    else {
      const meant = key === ' ' ? typedOut(all, mention.query) : null;
      if (!meant) return false;
      choose(meant);
    }
    return true;
  });
  return (
    <>
      {once && (
        <p className="flex w-full min-w-0 items-center gap-2 text-note text-muted" data-once="">
          <span className="flex min-w-0 items-center gap-1.5 rounded-full bg-accent-soft py-0.5 pr-0.5 pl-2.5 text-text forced-colors:border">
            <AgentIcon icon={once.icon} size={14} />
            <span dir="auto" className="truncate">
              {t('once', { name: once.name })}
            </span>
            <IconButton
              small
              label={t('letGo', { name: once.name })}
              onClick={letGo}
              className="rounded-full!"
            >
              <X size={14} />
            </IconButton>
          </span>
        </p>
      )}
      {found.length > 0 && (
        <div
          id={id}
          role="listbox"
          aria-label={t('mentions')}
          className="absolute bottom-full left-0 z-20 mb-1.5 max-h-[min(18rem,35vh)] w-80 max-w-full animate-rise overflow-y-auto rounded-medium border border-hairline bg-surface p-1 shadow-float"
        >
          {found.map((agent, place) => {
            const { key, ...option } = agentOption(agent);
            return (
              <ListOption
                {...option}
                key={key}
                id={`${id}-${place}`}
                active={place === at}
                onHover={() => setIndex(place)}
                onChoose={() => choose(agent)}
              />
            );
          })}
        </div>
      )}
      <span role="status" className="sr-only">
        {found.length > 0 && t('found', { count: found.length })}
      </span>
    </>
  );
}

/** Where the caret stands; looked at again when it has moved without anything being typed. */
function useCaret(field: RefObject<HTMLTextAreaElement | null>, draft: string): number {
  const [, look] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const box = field.current;
    if (!box) return;
    const events = ['keyup', 'click', 'focus', 'blur'];
    for (const event of events) box.addEventListener(event, look);
    return () => {
      for (const event of events) box.removeEventListener(event, look);
    };
  }, [field]);
  const box = field.current;
  // Nothing is offered to who is elsewhere.
  if (box !== document.activeElement) return 0;
  return box === null ? draft.length : Math.min(box.selectionStart, draft.length);
}
