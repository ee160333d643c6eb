/** Asking the server about links. */
import { useQuery } from '@tanstack/react-query';
import type { Chat } from '#features/chats/chats.ts';
import { ApiError, api } from '#web/api/http.ts';
import { queryClient } from '#web/api/query-client.ts';
import { basePath } from '#web/base-path.ts';
import type { MadeShare, NewShare, Share, SharedChat } from '../sharing.ts';

const key = (chatId: string) => ['shares', chatId] as const;

/** The links to a chat that hold. */
export const useShares = (chatId: string) =>
  useQuery({
    queryKey: key(chatId),
    queryFn: async () => (await api<{ items: Share[] }>('GET', `/api/v1/chats/${chatId}/shares`)).items,
    staleTime: 0,
    retry: false,
  });

export const refreshShares = (chatId: string): Promise<void> =>
  queryClient.invalidateQueries({ queryKey: key(chatId) });

export async function makeShare(chatId: string, share: NewShare): Promise<MadeShare> {
  const made = await api<MadeShare>('POST', `/api/v1/chats/${chatId}/shares`, share);
  void refreshShares(chatId);
  return made;
}

export async function withdrawShare(chatId: string, shareId: string): Promise<void> {
  await api('DELETE', `/api/v1/chats/${chatId}/shares/${shareId}`);
  await refreshShares(chatId);
}

/** What is at a link. Asked for as nobody: without the cookie, whoever is here. */
export const useShared = (token: string) =>
  useQuery({
    queryKey: ['shared', token],
    queryFn: ({ signal }) => readShared(token, signal),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });

async function readShared(token: string, signal: AbortSignal): Promise<SharedChat> {
  const answer = await fetch(`${basePath}/api/v1/shares/${encodeURIComponent(token)}`, {
    credentials: 'omit',
    headers: { accept: 'application/json' },
    signal,
  }).catch(() => null);
  const body = answer && (await answer.json().catch(() => null));
  if (answer?.ok && body) return body;
  throw new ApiError(answer?.status ?? 0, body?.error ?? { code: 'offline', detail: '' });
}

/** A chat of one's own to go on with. The id is the caller's, so that asking again makes no second one. */
export const copyShared = (token: string, id: string): Promise<Chat> =>
  api<Chat>('POST', `/api/v1/shares/${encodeURIComponent(token)}/copy`, { id });
