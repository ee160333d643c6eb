/** The inspector: what a model was told for a reply, layer by layer, and the proof of it. */
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { ApiError, api } from '#web/api/http.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Failed, Skeleton } from '#web/ui/page.tsx';
import { Panel } from '#web/ui/panel.tsx';
import type { ToldContext } from '../told-context.ts';
import { ToldList } from './told-list.tsx';
import { ToldProof } from './told-proof.tsx';
import { ToldSizes } from './told-sizes.tsx';

type ToldPanelProps = { subject: string; onClose: () => void };

export default function ToldPanel({ subject, onClose }: ToldPanelProps) {
  const t = useTranslations('told');
  const words = useErrorWords();
  const told = useQuery({
    queryKey: ['told', subject],
    queryFn: ({ signal }) =>
      api<ToldContext>('GET', `/api/v1/messages/${subject}/context`, undefined, signal),
    // What is proved may have changed since.
    staleTime: 0,
  });
  const unknown = told.error instanceof ApiError && told.error.status === 404;
  return (
    <Panel title={t('title')} description={t('description')} onClose={onClose}>
      {told.isPending && <Skeleton lines={4} />}
      {told.isError &&
        (unknown ? (
          <p className="text-sm text-muted">{words(told.error)}</p>
        ) : (
          <Failed onRetry={() => void told.refetch()}>{t('failed')}</Failed>
        ))}
      {told.data && (
        <>
          <ToldSizes told={told.data} />
          <ToldList told={told.data} />
          <ToldProof told={told.data} />
        </>
      )}
    </Panel>
  );
}
