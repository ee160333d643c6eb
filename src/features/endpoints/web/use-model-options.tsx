import { useTranslations } from 'use-intl';
import type { KeyedOption } from '#web/ui/grouped-options.tsx';
import type { Model } from '../endpoints.ts';
import { HealthDot } from './health-dot.tsx';
import { useModels } from './use-models.ts';

/** The models there are, and what each is in a list to choose from, under its id. */
export function useModelOptions() {
  const t = useTranslations('models');
  const { data: models = [], isPending } = useModels();
  const optionOf = ({ id, name, endpoint, scripted, health }: Model): KeyedOption => {
    const ill = health.status !== 'up' && health.status !== 'unknown';
    const note = [endpoint, scripted && t('scripted'), ill && t(`health.${health.status}`)];
    return { key: id, mark: <HealthDot health={health} />, name, note: note.filter(Boolean).join(' · ') };
  };
  return { models, isPending, optionOf };
}
