/** Choosing the model that answers next: kept with the chat, on all devices, and taken along by one that begins. */
import { useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { keepChoice, ModelLayer } from '#features/endpoints/web/index.ts';
import type { LayerProps } from '#web/ui/fetched-layer.tsx';
import { openPanel } from '#web/ui/windows.ts';
import type { Chat } from '../../chats.ts';
import { type NextModel, setPending } from '../next-model.ts';
import { keepModel } from './keep-model.ts';

/** `chat`: null while it is not made yet. */
export type ModelChoiceProps = { chat: Chat | null; next: NextModel };

export default function ModelChoice({ chat, next, ...layer }: ModelChoiceProps & LayerProps) {
  const t = useTranslations('models');
  const refused = useTranslations('chats');
  const { key, model, pending, own, from = null } = next;
  const say = (detail: string) => refused('changeFailed', { detail });
  const choose = (modelId?: string) =>
    chat ? void keepModel(chat, key, modelId, say) : setPending(key, modelId);
  // What was chosen while the chat was on its way to the server is kept as soon as it is there.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the chat is there
  useEffect(() => {
    if (chat && pending && chat.settings.modelId !== pending) void keepModel(chat, key, pending, say);
  }, [chat?.id]);
  return (
    <ModelLayer
      {...layer}
      label={t('choose')}
      current={model?.id ?? null}
      several={chat?.id ?? null}
      onChoose={(modelId) => {
        keepChoice(modelId);
        choose(modelId);
      }}
      note={{
        from,
        onClear: own ? () => choose() : null,
        onSettings: chat && (() => openPanel('chat-settings', chat.id)),
      }}
    />
  );
}
