/** Where admins say which endpoints there are. */
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '#web/api/http.ts';
import { queryClient } from '#web/api/query-client.ts';
import { Button } from '#web/ui/button.tsx';
import { Failed, Page, Skeleton } from '#web/ui/page.tsx';
import type { Endpoint } from '../endpoints.ts';
import { DefaultModel } from './default-model.tsx';
import { EndpointDialog } from './endpoint-dialog.tsx';
import { EndpointRow } from './endpoint-row.tsx';
import { InstanceSettings } from './settings/instance-settings.tsx';
import { TitlesSetting } from './settings/titles-setting.tsx';

/** After a change: the list, and the models that come from it. */
const reread = (): void => {
  void queryClient.invalidateQueries({ queryKey: ['endpoints'] });
  void queryClient.invalidateQueries({ queryKey: ['models'] });
  void queryClient.invalidateQueries({ queryKey: ['default-model'] });
  void queryClient.invalidateQueries({ queryKey: ['queue'] });
};

export default function EndpointsPage() {
  const t = useTranslations('endpoints');
  const [edited, setEdited] = useState<Endpoint | 'new' | null>(null);
  const list = useQuery({
    queryKey: ['endpoints'],
    queryFn: async () => (await api<{ items: Endpoint[] }>('GET', '/api/v1/admin/endpoints')).items,
    refetchInterval: 15_000,
  });
  return (
    <Page
      title={t('title')}
      text={t('text')}
      nav="admin"
      action={
        <Button look="primary" onClick={() => setEdited('new')}>
          <Plus size={16} aria-hidden />
          {t('add')}
        </Button>
      }
    >
      {list.isPending && <Skeleton lines={2} className="h-20" />}
      {list.isError && <Failed onRetry={() => void list.refetch()}>{t('failed')}</Failed>}
      {list.data?.length === 0 && <p className="mt-10 text-muted">{t('none')}</p>}
      <DefaultModel />
      <ul className="mt-6 flex flex-col gap-3">
        {list.data?.map((endpoint) => (
          <EndpointRow
            key={endpoint.id}
            endpoint={endpoint}
            onEdit={() => setEdited(endpoint)}
            onChanged={reread}
          />
        ))}
      </ul>
      <InstanceSettings />
      <TitlesSetting />
      {edited && (
        <EndpointDialog
          endpoint={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
          onSaved={() => {
            setEdited(null);
            reread();
          }}
        />
      )}
    </Page>
  );
}
