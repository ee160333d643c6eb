import { useQuery } from '@tanstack/react-query';
import { api } from '#web/api/http.ts';
import type { SignUpRules } from '../accounts.ts';

/** Who may make an account here, asked by whoever it is. */
export const useSignUpRules = () =>
  useQuery({
    queryKey: ['sign-up'],
    queryFn: () => api<SignUpRules>('GET', '/api/auth/sign-up'),
    staleTime: 0,
  });
