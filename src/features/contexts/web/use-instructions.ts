/** Reading and saving instructions: `path` is the address of whose they are (`/api/v1/me`). */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api } from '#web/api/http.ts';
import { queryClient } from '#web/api/query-client.ts';
import type { Context, ContextVersion } from '../contexts.ts';
import { INSTRUCTIONS, refreshInstructions } from './refresh.ts';

const key = (path: string) => [INSTRUCTIONS, path];

/** The instructions in force. */
export const useInstructions = (path: string) =>
  useQuery({
    queryKey: key(path),
    queryFn: ({ signal }) => api<Context>('GET', `${path}/context`, undefined, signal),
  });

/** Their versions, newest first, page by page. */
export const useVersions = (path: string) =>
  useInfiniteQuery({
    queryKey: [...key(path), 'versions'],
    queryFn: ({ pageParam, signal }) =>
      api<{ items: ContextVersion[]; nextCursor: string | null }>(
        'GET',
        `${path}/context/versions?limit=20${pageParam ? `&cursor=${pageParam}` : ''}`,
        undefined,
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

const keep = (path: string) => (saved: Context) => {
  queryClient.setQueryData(key(path), saved);
  refreshInstructions();
  return saved;
};

/** Saves a text that began with `baseVersion`; 409 with `current` when another is in force by now. */
export const saveInstructions = (path: string, content: string, baseVersion: number): Promise<Context> =>
  api<Context>('PUT', `${path}/context`, { content, baseVersion }).then(keep(path));

export const restoreVersion = (path: string, version: number): Promise<Context> =>
  api<Context>('POST', `${path}/context/versions/${version}/restore`).then(keep(path));
