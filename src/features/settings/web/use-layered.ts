/** Reading what will be used and which layer says so, at the address of a chat or of one that begins. */
import { useQuery } from '@tanstack/react-query';
import { api } from '#web/api/http.ts';
import { queryClient } from '#web/api/query-client.ts';
import type { LayeredSettings } from '../settings.ts';

const LAYERED = 'layered';

/** `path`: `chats/{id}/settings`, or `settings` with where the chat is to be; null: none yet. */
export const useLayered = <T extends LayeredSettings = LayeredSettings>(path: string | null) =>
  useQuery({
    queryKey: [LAYERED, path],
    queryFn: ({ signal }) => api<T>('GET', `/api/v1/${path}`, undefined, signal),
    enabled: path !== null,
  });

/** Has it read again: some layer says something else by now. */
export const refreshLayered = (): void => void queryClient.invalidateQueries({ queryKey: [LAYERED] });
