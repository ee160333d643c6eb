/** What admins read of users, and how they change it. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api } from '#web/api/http.ts';
import { queryClient } from '#web/api/query-client.ts';
import type { AdminUser, AdminUserPatch, Settings, SettingsPatch, SignIn, UserRole } from '../accounts.ts';

/** `words` looks in names and addresses; `role` empty is everybody. */
export type UserFilter = { words: string; role: UserRole | '' };

/** Users, newest first, page after page. */
export function useUsers({ words, role }: UserFilter) {
  return useInfiniteQuery({
    queryKey: ['users', words, role],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ limit: '50' });
      if (words) query.set('q', words);
      if (role) query.set('role', role);
      if (pageParam) query.set('cursor', pageParam);
      return api<{ items: AdminUser[]; nextCursor: string | null }>(
        'GET',
        `/api/v1/admin/users?${query}`,
        undefined,
        signal,
      );
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    // The list stays in sight while another search is on its way.
    placeholderData: (before) => before,
    staleTime: 5_000,
  });
}

/** The limits of everybody for whom nothing else is set, and those of guests. */
export function useSettings() {
  return useQuery({
    queryKey: ['settings'],
    queryFn: () => api<Settings>('GET', '/api/v1/admin/settings'),
  });
}

/** Changes a user; throws `ApiError`, with code `conflict` when no admin would be left. */
export async function changeUser(id: string, patch: AdminUserPatch): Promise<void> {
  await api('PATCH', `/api/v1/admin/users/${id}`, patch);
  await queryClient.invalidateQueries({ queryKey: ['users'] });
}

/** Where a user is signed in. Each look is in the audit log, so that none is made by itself. */
export const useUserSignIns = (id: string) =>
  useQuery({
    queryKey: ['user-sign-ins', id],
    queryFn: async () => (await api<{ items: SignIn[] }>('GET', `/api/v1/admin/users/${id}/sign-ins`)).items,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

/** Signs a user out everywhere, and their programs too if `revokeKeys`. */
export const signOutUser = (id: string, revokeKeys: boolean): Promise<void> =>
  api('POST', `/api/v1/admin/users/${id}/sign-out`, { revokeKeys });

/** Takes away the second factor of somebody who has lost it. */
export async function removeSecondFactor(id: string): Promise<void> {
  await api('DELETE', `/api/v1/admin/users/${id}/two-factor`);
  await queryClient.invalidateQueries({ queryKey: ['users'] });
}

/** Changes the default limits; null is the built-in default. */
export async function changeSettings(patch: SettingsPatch): Promise<void> {
  await api('PATCH', '/api/v1/admin/settings', patch);
  await queryClient.invalidateQueries({ queryKey: ['settings'] });
}
