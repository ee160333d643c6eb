/** Which of the models that are named is asked. */
import { keep, readKept } from '#web/kept/kept.ts';
import type { Model } from '../endpoints.ts';
import { useModels } from './use-models.ts';

/** The model somebody last chose by hand, offered for their next new chat where nothing else says which. */
const LAST_CHOICE = 'model';
export const lastChoice = (): string | null => readKept(LAST_CHOICE);
export const keepChoice = (id: string): void => keep(LAST_CHOICE, id);

/** The first of these that is still there, else the default one. */
export function useKnownModel(ids: readonly (string | null | undefined)[]): Model | null {
  const { data: models } = useModels();
  for (const id of ids) {
    const known = models?.find((model) => model.id === id);
    if (known) return known;
  }
  return models?.find((model) => model.isDefault) ?? models?.[0] ?? null;
}
