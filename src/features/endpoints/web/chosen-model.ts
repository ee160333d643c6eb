/** Which model the next message of a chat goes to. */
import { create } from 'zustand';
import { setPreferences, usePreferences } from '#web/preferences.ts';
import type { Model } from '../endpoints.ts';
import { useModels } from './use-models.ts';

const useChoices = create<Record<string, string>>(() => ({}));

/** Chosen by hand here, else the chat's last model, else (for a new chat) the last choice, else the default. */
export function useChosenModel(
  chatId: string | null,
  lastModelId: string | null,
): [Model | null, (id: string) => void] {
  const { data: models } = useModels();
  const choice = useChoices((choices) => choices[chatId ?? '']);
  const remembered = usePreferences((preferences) => preferences.modelId);
  const known = (id: string | null | undefined) => models?.find((model) => model.id === id);
  const model =
    known(choice) ??
    known(chatId ? lastModelId : remembered) ??
    models?.find((candidate) => candidate.isDefault) ??
    models?.[0] ??
    null;
  const choose = (id: string) => {
    useChoices.setState({ [chatId ?? '']: id });
    setPreferences({ modelId: id });
  };
  return [model, choose];
}
