/** Invitations to make an account, and mail, as admins see them. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api } from '#web/api/http.ts';
import { queryClient } from '#web/api/query-client.ts';
import type {
  AccountInvite,
  MadeAccountInvite,
  MailStatus,
  NewAccountInvite,
  ResetLink,
} from '../invites.ts';

/** Those that can still be used, newest first. */
export const useInvites = () =>
  useInfiniteQuery({
    queryKey: ['invites'],
    queryFn: ({ pageParam }) =>
      api<{ items: AccountInvite[]; nextCursor: string | null }>(
        'GET',
        `/api/v1/admin/invites?limit=20${pageParam ? `&cursor=${pageParam}` : ''}`,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: 5_000,
  });

const reread = () => queryClient.invalidateQueries({ queryKey: ['invites'] });

/** Makes an invitation; `url` of the answer is never told again. */
export async function createInvite(invite: NewAccountInvite): Promise<MadeAccountInvite> {
  const made = await api<MadeAccountInvite>('POST', '/api/v1/admin/invites', invite);
  void reread();
  return made;
}

export async function withdrawInvite(id: string): Promise<void> {
  await api('DELETE', `/api/v1/admin/invites/${id}`);
  await reread();
}

/** Makes a link by which somebody chooses a new password. */
export const makeResetLink = (userId: string): Promise<ResetLink> =>
  api('POST', `/api/v1/admin/users/${userId}/reset-link`);

/** Whether mails are sent; looked at often while `eager`. */
export const useMailStatus = (eager = false) =>
  useQuery({
    queryKey: ['mail'],
    queryFn: () => api<MailStatus>('GET', '/api/v1/admin/mail'),
    refetchInterval: eager ? 1_000 : false,
  });
export const sendTestMail = (): Promise<void> => api('POST', '/api/v1/admin/mail/test');
