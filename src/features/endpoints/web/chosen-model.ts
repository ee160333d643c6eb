/** Which model the next message of a chat goes to. */
import { create } from 'zustand';
import { keep, readKept } from '#web/kept/kept.ts';
import type { Model } from '../endpoints.ts';
import { useModels } from './use-models.ts';

/** The model somebody last chose by hand, offered for their next new chat. */
const LAST_CHOICE = 'model';
const useChoices = create<Record<string, string>>(() => ({}));

/**
 * Chosen by hand here, else what the chat says, else (for a new chat) the last choice, else the default. The last of
 * what is answered tells whether it was chosen by hand here.
 */
export function useChosenModel(
  chatId: string | null,
  lastModelId: string | null,
): [Model | null, (id: string) => void, boolean] {
  const { data: models } = useModels();
  const choice = useChoices((choices) => choices[chatId ?? '']);
  const known = (id: string | null | undefined) => models?.find((model) => model.id === id);
  const model =
    known(choice) ??
    known(lastModelId ?? (chatId ? null : readKept(LAST_CHOICE))) ??
    models?.find((candidate) => candidate.isDefault) ??
    models?.[0] ??
    null;
  const choose = (id: string) => {
    useChoices.setState({ [chatId ?? '']: id });
    keep(LAST_CHOICE, id);
  };
  return [model, choose, known(choice) !== undefined];
}

/** Forgets what was chosen by hand for a chat: from now on something else says which model answers there. */
export const forgetChoice = (chatId: string | null): void =>
  useChoices.setState(({ [chatId ?? '']: _, ...others }) => others, true);
