/** Where an account is signed in. */
import { useQuery } from '@tanstack/react-query';
import { api } from '#web/api/http.ts';
import { queryClient } from '#web/api/query-client.ts';
import type { SignIn } from '../accounts.ts';

/** All of them, the one used last first. */
export const useSignIns = () =>
  useQuery({
    queryKey: ['sign-ins'],
    queryFn: () => api<SignIn[]>('GET', '/api/auth/list-sessions'),
    staleTime: 0,
  });

const reread = () => queryClient.invalidateQueries({ queryKey: ['sign-ins'] });

/** Ends one; what is open there is closed. */
export async function endSignIn(id: string): Promise<void> {
  await api('POST', '/api/auth/revoke-session', { id });
  await reread();
}

/** Ends all but this one. */
export async function endOtherSignIns(): Promise<void> {
  await api('POST', '/api/auth/revoke-other-sessions', {});
  await reread();
}
