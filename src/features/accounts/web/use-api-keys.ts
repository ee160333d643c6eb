/** A user's keys for their programs. */
import { useQuery } from '@tanstack/react-query';
import { api } from '#web/api/http.ts';
import { queryClient } from '#web/api/query-client.ts';
import type { ApiKey, ApiKeyInput, NewApiKey } from '../accounts.ts';

/** All of them: nobody has more than fit a page. */
export function useApiKeys(enabled: boolean) {
  return useQuery({
    queryKey: ['api-keys'],
    queryFn: async () => (await api<{ items: ApiKey[] }>('GET', '/api/v1/api-keys?limit=200')).items,
    enabled,
    staleTime: 5_000,
  });
}

const reread = () => queryClient.invalidateQueries({ queryKey: ['api-keys'] });
/** Has the list read again: they may have been revoked together. */
export const rereadApiKeys = (): void => void reread();

/** Makes a key; `key` of the answer is never told again. */
export async function createApiKey(input: ApiKeyInput): Promise<NewApiKey> {
  const made = await api<NewApiKey>('POST', '/api/v1/api-keys', input);
  void reread();
  return made;
}

export async function revokeApiKey(id: string): Promise<void> {
  await api('DELETE', `/api/v1/api-keys/${id}`);
  await reread();
}
