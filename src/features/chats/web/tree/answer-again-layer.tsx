import { RefreshCw } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useAgentsFor } from '#features/agents/web/index.ts';
import { useModelOptions } from '#features/endpoints/web/index.ts';
import type { Message } from '#features/messages/messages.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import type { LayerProps } from '#web/ui/fetched-layer.tsx';
import type { KeyedOption } from '#web/ui/grouped-options.tsx';
import PopoverLayer from '#web/ui/popover-layer.tsx';
import { SearchedList } from '#web/ui/searched-list.tsx';
import { toast } from '#web/ui/toast.tsx';
import { answerAgain, type HowAnswered } from '../answer-again.ts';
import { agentOption } from '../answering/agent-options.tsx';
import { matching, matchingModels } from '../answering/mention-text.ts';
import { useChat } from '../use-chats.ts';

/** What stands for who wrote it. */
const SAME = '';

/** Has a reply written once more: by who wrote it, by another model, or by another agent that may answer in its chat. */
export default function AnswerAgainLayer({ message, ...layer }: { message: Message } & LayerProps) {
  const t = useTranslations('again');
  const words = useErrorWords();
  const { data: chat } = useChat(message.chatId, true);
  const agents = useAgentsFor(chat ?? null) ?? [];
  const { models, optionOf } = useModelOptions();
  const modelId = message.ending?.model;
  const model = models.find(({ id }) => id === modelId);
  const agent = agents.find(({ id }) => id === message.agentId);
  // Another model answers in the agent's place only as the agent.
  const sameAgent: HowAnswered = agent ? { agentId: agent.id } : {};
  const ways = (search: string): { option: KeyedOption; how: HowAnswered }[] => [
    ...(search.trim() === '' && (model || agent)
      ? [
          {
            option: {
              key: SAME,
              mark: <RefreshCw size={16} aria-hidden />,
              name: t('same'),
              note: [agent?.name, model?.name].filter(Boolean).join(' · '),
            },
            how: { ...sameAgent, ...(model && { modelId: model.id }) },
          },
        ]
      : []),
    ...matchingModels(models, search)
      .filter(({ id }) => id !== modelId)
      .map((one) => ({
        option: { ...optionOf(one), group: t('models') },
        how: { ...sameAgent, modelId: one.id },
      })),
    ...matching(agents, search)
      .filter(({ id }) => id !== message.agentId)
      .map((one) => ({ option: { ...agentOption(one), group: t('agents') }, how: { agentId: one.id } })),
  ];
  const choose = (key: string) => {
    const chosen = ways('').find(({ option }) => option.key === key);
    if (chosen) answerAgain(message, chosen.how).catch((error) => toast(words(error)));
  };
  return (
    <PopoverLayer {...layer} align="start" label={t('title')} className="w-80">
      {(close) => (
        <SearchedList
          label={t('title')}
          search={t('search')}
          find={(search) => ways(search).map(({ option }) => option)}
          chosen={[]}
          none={t('none')}
          onChoose={(key) => {
            close();
            choose(key);
          }}
        />
      )}
    </PopoverLayer>
  );
}
