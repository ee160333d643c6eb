import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Settings } from '#features/accounts/accounts.ts';
import { api } from '#web/api/http.ts';
import { queryClient } from '#web/api/query-client.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { SelectField } from '#web/ui/field.tsx';
import { Section } from '#web/ui/page.tsx';
import { toast } from '#web/ui/toast.tsx';
import { ModelGroups } from '../model-groups.tsx';
import { useModels } from '../use-models.ts';

const PATH = '/api/v1/admin/settings';
/** The same answer as the limits on the page of users are read from. */
const KEY = ['settings'];

/** Which model makes titles of new chats, if any does. */
export function TitlesSetting() {
  const t = useTranslations('titles');
  const words = useErrorWords();
  const { data: models } = useModels();
  const { data: settings } = useQuery({ queryKey: KEY, queryFn: () => api<Settings>('GET', PATH) });
  const [busy, setBusy] = useState(false);
  if (!settings || !models) return null;
  const chosen = settings.titles === 'off' ? '' : settings.titles.modelId;
  const isGone = chosen !== '' && !models.some(({ id }) => id === chosen);
  const choose = async (modelId: string) => {
    setBusy(true);
    try {
      const titles = modelId === '' ? 'off' : { modelId };
      queryClient.setQueryData(KEY, await api<Settings>('PATCH', PATH, { titles }));
      toast(t('saved'));
    } catch (error) {
      toast(words(error));
    }
    setBusy(false);
  };
  return (
    <Section title={t('title')}>
      <p className="max-w-lg text-sm text-pretty text-muted">{t('text')}</p>
      <div className="mt-5 max-w-sm">
        <SelectField
          label={t('model')}
          hint={t('hint')}
          error={isGone ? t('gone') : undefined}
          value={chosen}
          disabled={busy}
          onChange={(event) => void choose(event.target.value)}
        >
          <option value="">{t('off')}</option>
          {isGone && <option value={chosen}>{chosen}</option>}
          <ModelGroups models={models} />
        </SelectField>
      </div>
    </Section>
  );
}
