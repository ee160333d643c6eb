/** Where one is signed in, and the way to end what one does not know. */
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Failed, Skeleton } from '#web/ui/page.tsx';
import { toast } from '#web/ui/toast.tsx';
import type { SignIn } from '../accounts.ts';
import { SignInRow, useDeviceName } from './sign-in-row.tsx';
import { endOtherSignIns, endSignIn, useSignIns } from './use-sign-ins.ts';

export default function SignInsDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('signIns');
  const words = useErrorWords();
  const { data: signIns, isPending, isError, refetch } = useSignIns();
  const [busy, setBusy] = useState(false);
  const endOthers = () => {
    setBusy(true);
    endOtherSignIns()
      .then(
        () => toast(t('othersEnded')),
        (error) => toast(words(error)),
      )
      .finally(() => setBusy(false));
  };
  return (
    <Dialog title={t('title')} description={t('text')} onClose={onClose}>
      {isPending && <Skeleton lines={2} />}
      {isError && <Failed onRetry={() => void refetch()}>{t('failed')}</Failed>}
      <ul className="-mt-2">
        {signIns?.map((signIn) => (
          <OwnRow key={signIn.id} signIn={signIn} />
        ))}
      </ul>
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <Button disabled={busy || (signIns?.length ?? 0) < 2} onClick={endOthers}>
          {t('endOthers')}
        </Button>
      </div>
    </Dialog>
  );
}

function OwnRow({ signIn }: { signIn: SignIn }) {
  const t = useTranslations('signIns');
  const words = useErrorWords();
  const name = useDeviceName()(signIn);
  const end = () =>
    endSignIn(signIn.id).then(
      () => toast(t('ended', { name })),
      (error) => toast(words(error)),
    );
  return (
    <SignInRow signIn={signIn}>
      {!signIn.current && (
        <Button small onClick={() => void end()} aria-label={`${t('end')}: ${name}`}>
          {t('end')}
        </Button>
      )}
    </SignInRow>
  );
}
