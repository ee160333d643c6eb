import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import type { Settings } from '#features/accounts/accounts.ts';
import type { ModelSettings } from '#features/settings/settings.ts';
import { refreshLayered } from '#features/settings/web/index.ts';
import { api } from '#web/api/http.ts';
import { queryClient } from '#web/api/query-client.ts';
import { Failed, Section, Skeleton } from '#web/ui/page.tsx';
import { SettingsForm } from './settings-form.tsx';

const PATH = '/api/v1/admin/settings';
/** The same answer as the limits on the page of users are read from. */
const KEY = ['settings'];

/** What everybody has replies made with, where nobody says otherwise. */
export function InstanceSettings() {
  const t = useTranslations('layerSettings');
  const settings = useQuery({ queryKey: KEY, queryFn: () => api<Settings>('GET', PATH) });
  const save = async (own: ModelSettings) => {
    const before = settings.data;
    // At once, so that the next change is made to it.
    queryClient.setQueryData(KEY, { ...before, settings: own });
    try {
      queryClient.setQueryData(KEY, await api<Settings>('PATCH', PATH, { settings: own }));
    } catch (error) {
      queryClient.setQueryData(KEY, before);
      throw error;
    }
    refreshLayered();
  };
  return (
    <Section title={t('instance')}>
      <p className="max-w-lg text-sm text-pretty text-muted">{t('instanceText')}</p>
      {settings.isPending && <Skeleton lines={2} />}
      {settings.isError && <Failed onRetry={() => void settings.refetch()}>{t('failed')}</Failed>}
      {settings.data && (
        <div className="mt-5 max-w-2xl">
          <SettingsForm layer="instance" own={settings.data.settings} said={null} onSave={save} />
        </div>
      )}
    </Section>
  );
}
