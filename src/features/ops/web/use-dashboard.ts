/** What admins see of the queue, read again and again while somebody looks, and what they do to it. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import type { PriorityClass } from '#features/generations/generations.ts';
import { ApiError, api } from '#web/api/http.ts';
import { queryClient } from '#web/api/query-client.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { toast } from '#web/ui/toast.tsx';
import type { Dashboard, DashboardRange } from '../dashboard.ts';

/** Quick enough to see the line move; nothing is asked while the page is hidden. */
const POLL_MS = 2000;

export function useDashboard(range: DashboardRange) {
  return useQuery({
    queryKey: ['dashboard', range],
    queryFn: ({ signal }) => api<Dashboard>('GET', `/api/v1/admin/queue?range=${range}`, undefined, signal),
    refetchInterval: POLL_MS,
    staleTime: POLL_MS,
    placeholderData: keepPreviousData,
  });
}

/** Does something to the queue and shows what became of it; refusals are told in a note. */
export function useSteering() {
  const t = useTranslations('queue');
  const words = useErrorWords();
  const attempt = async (work: Promise<unknown>) => {
    try {
      await work;
    } catch (error) {
      const late = error instanceof ApiError && (error.code === 'conflict' || error.code === 'not_found');
      toast(late ? t('tooLate') : words(error));
    }
    await queryClient.invalidateQueries({ queryKey: ['dashboard'] });
  };
  const generation = (id: string) => `/api/v1/admin/generations/${id}`;
  return {
    /** `drain`: take nothing new, finish what waits. */
    steer: (endpointId: string, what: 'pause' | 'drain' | 'resume') =>
      attempt(api('POST', `/api/v1/admin/endpoints/${endpointId}/${what}`)),
    setClass: (id: string, to: PriorityClass) => attempt(api('PATCH', generation(id), { class: to })),
    moveToFront: (id: string) => attempt(api('POST', `${generation(id)}/move-to-front`)),
    cancel: (id: string) => attempt(api('POST', `${generation(id)}/cancel`)),
  };
}
