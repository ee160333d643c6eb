import { useQuery } from '@tanstack/react-query';
import { api } from '#web/api/http.ts';
import type { SignUpRules } from '../accounts.ts';

/** Who may make an account here, asked by whoever it is, perhaps with an invitation. */
export const useSignUpRules = (invite: string | null = null) =>
  useQuery({
    queryKey: ['sign-up', invite],
    queryFn: () =>
      api<SignUpRules>(
        'GET',
        `/api/auth/sign-up${invite === null ? '' : `?${new URLSearchParams({ invite })}`}`,
      ),
    staleTime: 0,
  });
