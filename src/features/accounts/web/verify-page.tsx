/** Where the link leads that asks whether an address is right. A click answers: programs that look into mails open links, too. */
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import { api } from '#web/api/http.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Button } from '#web/ui/button.tsx';
import { AUTH_LINK, AuthFrame } from './auth-frame.tsx';
import { secretOfAddress } from './secret-of-address.ts';
import { askWho } from './use-me.ts';

export default function VerifyPage() {
  const t = useTranslations('verify');
  const words = useErrorWords();
  const [token] = useState(() => secretOfAddress('token'));
  const [done, setDone] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const confirm = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await api('POST', '/api/auth/verify-email', { token });
      askWho();
      setDone(true);
    } catch (error) {
      setProblem(words(error));
    }
    setBusy(false);
  };
  return (
    <AuthFrame
      title={t('title')}
      text={<span role="status">{done ? t('done') : token ? t('text') : t('lapsed')}</span>}
      foot={
        <Link href="/" className={AUTH_LINK}>
          {t('toChats')}
        </Link>
      }
    >
      {!done && token && (
        <div className="mt-6 flex flex-col gap-4">
          {problem && (
            <p role="alert" className="text-sm text-danger">
              {problem}
            </p>
          )}
          <Button look="primary" disabled={busy} onClick={() => void confirm()} className="h-11 sm:h-10">
            {t('confirm')}
          </Button>
        </div>
      )}
    </AuthFrame>
  );
}
