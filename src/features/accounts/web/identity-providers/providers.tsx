import { LaterPart, type Part } from '#web/i18n/fetched-part.tsx';
import type { SignUpRules } from '../../accounts.ts';
import type { ProviderWaysProps } from './provider-ways.tsx';
import { providerWords } from './words.ts';

const WAYS: Part<ProviderWaysProps> = {
  fetch: () => import('./provider-ways.tsx'),
  words: [providerWords],
};

type ProvidersProps = {
  rules: SignUpRules | undefined;
  /** The token of the invitation that an account can be made by. */
  invite?: string | null;
};

/** The ways in through identity providers, fetched where there are some, and what a sign-in there has come to. */
export function Providers({ rules, invite = null }: ProvidersProps) {
  const refused = new URLSearchParams(location.search).get('error');
  const providers = rules?.providers ?? [];
  if (refused === null && providers.length === 0) return null;
  return <LaterPart part={WAYS} give={{ providers, refused, invite }} />;
}
