import { useTranslations } from 'use-intl';
import { useModels } from '#features/endpoints/web/index.ts';
import { areValid } from '#features/settings/web/index.ts';
import type { AgentContent } from '../../agents.ts';

/** Tells why an agent cannot be saved as it stands in the fields; null: it can. */
export function useWhatIsMissing(): (content: AgentContent) => string | null {
  const t = useTranslations('agent');
  const { data: models } = useModels();
  return ({ name, modelId, parameters }) => {
    if (name.trim() === '') return t('needsName');
    const model = models?.find(({ id }) => id === modelId) ?? null;
    return areValid(parameters, model) ? null : t('wrongParameter');
  };
}
