/** The models that the next message of a chat goes to, where somebody picked several to compare; for that one message. */
import { create } from 'zustand';

/** By chat; the one that is not there yet has no name. */
export const useNextModels = create<Record<string, readonly string[] | undefined>>(() => ({}));

/** Picks them, or with nothing puts the pick away. */
export const pickNextModels = (chatId: string | null, modelIds?: readonly string[]): void =>
  useNextModels.setState({ [chatId ?? '']: modelIds });

/** Takes them for the message that is being sent now. */
export function takeNextModels(chatId: string | null): readonly string[] | undefined {
  const picked = useNextModels.getState()[chatId ?? ''];
  pickNextModels(chatId);
  return picked;
}
