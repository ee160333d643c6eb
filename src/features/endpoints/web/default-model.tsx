import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api } from '#web/api/http.ts';
import { queryClient } from '#web/api/query-client.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { SelectField } from '#web/ui/field.tsx';
import { toast } from '#web/ui/toast.tsx';
import type { DefaultModel as Chosen } from '../endpoints.ts';
import { ModelGroups } from './model-groups.tsx';
import { useModels } from './use-models.ts';

const PATH = '/api/v1/admin/default-model';

/** Which model answers when nobody says: one that is chosen here, or the one that Parley takes. */
export function DefaultModel() {
  const t = useTranslations('endpoints');
  const words = useErrorWords();
  const { data: models } = useModels();
  const { data: chosen } = useQuery({
    queryKey: ['default-model'],
    queryFn: () => api<Chosen>('GET', PATH),
  });
  if (!models?.length || !chosen) return null;
  const choose = async (modelId: string | null) => {
    queryClient.setQueryData<Chosen>(['default-model'], { modelId });
    try {
      await api('PUT', PATH, { modelId });
      toast(t('defaultSaved'));
    } catch (error) {
      toast(words(error));
    } finally {
      void queryClient.invalidateQueries({ queryKey: ['default-model'] });
      void queryClient.invalidateQueries({ queryKey: ['models'] });
    }
  };
  const now = models.find((model) => model.isDefault);
  return (
    <div className="mt-6 max-w-sm">
      <SelectField
        label={t('default')}
        hint={t('defaultHint')}
        value={chosen.modelId ?? ''}
        onChange={(event) => void choose(event.target.value || null)}
      >
        <option value="">
          {chosen.modelId === null && now ? t('defaultAutoNow', { name: now.name }) : t('defaultAuto')}
        </option>
        <ModelGroups models={models} />
      </SelectField>
    </div>
  );
}
