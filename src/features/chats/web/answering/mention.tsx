/**
 * Naming who answers one message: `@` in the composer offers the agents that may answer here, and the models; who was chosen stands
 * above the text. One of each may be.
 */
import { type RefObject, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslations } from 'use-intl';
import { AgentIcon, type ChatPlace, useAgentsFor } from '#features/agents/web/index.ts';
import { HealthDot, pickNextModels, useModelOptions, useNextModels } from '#features/endpoints/web/index.ts';
import { agentOption } from './agent-options.tsx';
import { FieldList } from './field-list.tsx';
import { matching, matchingModels, mentionAt, typedOut, withoutMention } from './mention-text.ts';
import { type Called, OnceChips } from './once-chips.tsx';
import { useCaret } from './use-caret.ts';
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
  const known = useModelOptions();
  // With one alone there is nothing to choose.
  const models = known.models.length > 1 ? known.models : [];
  const mention = mentionAt(draft, useCaret(field, draft));
  const [closedAt, setClosedAt] = useState<number | null>(null);
  const open = mention !== null && mention.from !== closedAt;
  const called = useCalled(chatId, agents, known);
  const options = open
    ? [
        ...matching(agents ?? [], mention.query).map((agent) => ({
          ...agentOption(agent),
          group: t('agents'),
        })),
        ...matchingModels(models, mention.query).map((model) => ({
          ...known.optionOf(model),
          group: t('models'),
        })),
      ]
    : [];

  const choose = (id: string) => {
    const rest = withoutMention(draft, mention!);
    const agent = agents?.find((one) => one.id === id);
    if (agent) chooseAgent(onceIn(chatId), agent);
    else pickNextModels(chatId, [id]);
    flushSync(() => onDraft(rest.text));
    field.current?.focus();
    field.current?.setSelectionRange(rest.caret, rest.caret);
  };
  const onKey = (key: string): boolean => {
    if (key === 'Backspace' && draft === '' && called.length > 0) {
      called.at(-1)!.letGo();
      return true;
    }
    const meant = key === ' ' && open ? typedOut([...(agents ?? []), ...models], mention.query) : null;
    if (meant) choose(meant.id);
    return meant !== null;
  };
  const letGo = (one: Called) => () => {
    one.letGo();
    field.current?.focus();
  };
  return (
    <>
      <OnceChips called={called.map((one) => ({ ...one, letGo: letGo(one) }))} />
      <FieldList
        field={field}
        label={t('mentions')}
        said={t('found', { count: options.length })}
        options={options}
        onChoose={choose}
        onClose={() => setClosedAt(mention!.from)}
        onKey={onKey}
      />
    </>
  );
}

/** Who is called by now, for as long as they may answer: who sees the chat, and which models there are, may have changed since. */
function useCalled(
  chatId: string | null,
  agents: ReturnType<typeof useAgentsFor>,
  { models, isPending }: ReturnType<typeof useModelOptions>,
): Called[] {
  const t = useTranslations('answering');
  const agent = useAgentChoice(onceIn(chatId));
  const picked = useNextModels((all) => all[chatId ?? '']);
  const modelId = picked?.length === 1 ? picked[0]! : null;
  const model = models.find(({ id }) => id === modelId);
  const agentGone = agent && agents && !agents.some(({ id }) => id === agent.id);
  const modelGone = modelId !== null && !isPending && !model;
  useEffect(() => {
    if (agentGone) chooseAgent(onceIn(chatId), null);
    if (modelGone) pickNextModels(chatId);
  }, [agentGone, modelGone, chatId]);
  const called: Called[] = [];
  if (agent)
    called.push({
      key: agent.id,
      mark: <AgentIcon icon={agent.icon} size={14} />,
      name: agent.name,
      words: t('once', { name: agent.name }),
      letGo: () => chooseAgent(onceIn(chatId), null),
    });
  if (model)
    called.push({
      key: model.id,
      mark: <HealthDot health={model.health} />,
      name: model.name,
      words: t('onceModel', { name: model.name }),
      letGo: () => pickNextModels(chatId),
    });
  return called;
}
