/** The models that the next message of a chat goes to, where somebody picked several to compare; for that one message. */
import { keptStore } from '#web/kept/kept-store.ts';

/** By chat; the one that is not there yet has no name. Kept with what is typed. */
const [useNextModels, set] = keptStore<readonly string[]>('compare.');

export { useNextModels };

/** Picks them, or with nothing puts the pick away. */
export const pickNextModels = (chatId: string | null, modelIds?: readonly string[]): void =>
  set(chatId ?? '', modelIds);

/** Takes them for the message that is being sent now. */
export function takeNextModels(chatId: string | null): readonly string[] | undefined {
  const picked = useNextModels.getState()[chatId ?? ''];
  if (picked) pickNextModels(chatId);
  return picked;
}
