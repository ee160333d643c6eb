/** The models there are, and how many each endpoint serves at once. */
import { useQuery } from '@tanstack/react-query';
import { api } from '#web/api/http.ts';
import type { Model } from '../endpoints.ts';

export function useModels() {
  return useQuery({
    queryKey: ['models'],
    queryFn: async () => (await api<{ items: Model[] }>('GET', '/api/v1/models')).items,
    refetchInterval: 60_000,
  });
}

type QueueSummary = { items: { name: string; slots: number }[] };

/** Slots of the endpoint that serves a model; 1 until known. */
export function useSlots(modelId: string | null): number {
  const { data } = useQuery({
    queryKey: ['queue'],
    queryFn: () => api<QueueSummary>('GET', '/api/v1/queue'),
    retry: false,
  });
  const name = modelId?.split('/', 1)[0];
  return data?.items.find((endpoint) => endpoint.name === name)?.slots ?? 1;
}
