/** Where admins say which endpoints there are. */
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '#web/api/http.ts';
import { queryClient } from '#web/api/query-client.ts';
import { Button } from '#web/ui/button.tsx';
import { Header } from '#web/ui/header.tsx';
import { AdminNav } from '#web/ui/page-nav.tsx';
import type { Endpoint } from '../endpoints.ts';
import { EndpointDialog } from './endpoint-dialog.tsx';
import { EndpointRow } from './endpoint-row.tsx';

/** After a change: the list, and the models that come from it. */
const reread = (): void => {
  void queryClient.invalidateQueries({ queryKey: ['endpoints'] });
  void queryClient.invalidateQueries({ queryKey: ['models'] });
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
    <>
      <Header>
        <AdminNav />
      </Header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto max-w-3xl px-4 py-8 sm:px-6">
          <div className="flex flex-wrap items-start justify-between gap-4">
            <div className="max-w-md">
              <h1 className="text-2xl font-semibold tracking-tight">{t('title')}</h1>
              <p className="mt-1 text-sm text-muted text-balance">{t('text')}</p>
            </div>
            <Button look="primary" onClick={() => setEdited('new')}>
              <Plus size={16} aria-hidden />
              {t('add')}
            </Button>
          </div>
          {list.isError && (
            <p className="mt-10 text-sm text-muted">
              {t('failed')}{' '}
              <Button small onClick={() => void list.refetch()}>
                {t('tryAgain')}
              </Button>
            </p>
          )}
          {list.data?.length === 0 && <p className="mt-10 text-muted">{t('none')}</p>}
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
        </div>
      </div>
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
    </>
  );
}
