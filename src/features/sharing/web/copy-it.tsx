import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { v7 as newId } from 'uuid';
import { useLocation } from 'wouter';
import { findMe } from '#features/accounts/web/index.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Button } from '#web/ui/button.tsx';
import { toast } from '#web/ui/toast.tsx';
import { copyShared } from './share-calls.ts';

/** Goes on in a chat of one's own. Only now it matters who is here: nobody becomes a guest, or signs in where guests are not wanted. */
export function CopyIt({ token }: { token: string }) {
  const t = useTranslations('shared');
  const words = useErrorWords();
  const [location, navigate] = useLocation();
  const [id] = useState(() => newId());
  const [busy, setBusy] = useState(false);
  const copy = async () => {
    setBusy(true);
    try {
      if (!(await findMe())) return navigate(`/sign-in?next=${encodeURIComponent(location)}`);
      await copyShared(token, id);
      navigate(`/c/${id}`);
    } catch (error) {
      toast(words(error));
      setBusy(false);
    }
  };
  return (
    <Button small disabled={busy} onClick={() => void copy()}>
      {t('goOn')}
    </Button>
  );
}
