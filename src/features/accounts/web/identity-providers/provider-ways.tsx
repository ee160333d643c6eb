import { LogIn } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '#web/api/http.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Button } from '#web/ui/button.tsx';
import type { SignUpRules } from '../../accounts.ts';
import { PROVIDER_REFUSALS } from '../../rules.ts';
import { formAddress, nextPage } from '../next-page.ts';

export type ProviderWaysProps = {
  providers: SignUpRules['providers'];
  /** As the address has it: the reason why a sign-in through a provider ended here. */
  refused: string | null;
  /** Is sent along, and is in hand again when the sign-in leads nowhere. */
  invite: string | null;
};

/** A button for each provider, and in words why the last try led nowhere. */
export default function ProviderWays({ providers, refused, invite }: ProviderWaysProps) {
  const t = useTranslations('providers');
  const words = useErrorWords();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  // Whoever comes back by the browser's own button finds the page as it was left.
  useEffect(() => {
    const onShow = () => setBusy(false);
    addEventListener('pageshow', onShow);
    return () => removeEventListener('pageshow', onShow);
  }, []);
  const reason = refused === null ? undefined : PROVIDER_REFUSALS.find((known) => known === refused);
  const told = problem ?? (refused === null ? null : t(`refused.${reason ?? 'provider_refused'}`));
  const leave = async (providerId: string) => {
    setBusy(true);
    setProblem(null);
    try {
      const { url } = await api<{ url: string }>('POST', '/api/auth/sign-in/oauth2', {
        providerId,
        callbackURL: nextPage(),
        ...(invite === null
          ? { errorCallbackURL: formAddress('/sign-in') }
          : { invite, errorCallbackURL: `/sign-up?${new URLSearchParams({ invite, next: nextPage() })}` }),
      });
      location.assign(url);
    } catch (error) {
      setProblem(words(error));
      setBusy(false);
    }
  };
  return (
    <section aria-label={t('label')} className="mt-6 flex flex-col gap-3">
      {providers.length > 0 && (
        <p className="flex items-center gap-3 text-note text-muted before:h-px before:flex-1 before:bg-hairline after:h-px after:flex-1 after:bg-hairline">
          {t('or')}
        </p>
      )}
      {told && (
        <p role="alert" className="text-sm text-danger">
          {told}
        </p>
      )}
      {providers.map(({ id, name }) => (
        <Button key={id} disabled={busy} className="min-h-11 sm:min-h-10" onClick={() => void leave(id)}>
          <LogIn size={16} aria-hidden className="shrink-0" />
          <span className="min-w-0 break-words">{t('continueWith', { name })}</span>
        </Button>
      ))}
    </section>
  );
}
