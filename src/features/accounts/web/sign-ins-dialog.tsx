/** Where one is signed in, and the way to end what one does not know. */
import { Monitor, Smartphone } from 'lucide-react';
import { useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Failed, Skeleton } from '#web/ui/page.tsx';
import { toast } from '#web/ui/toast.tsx';
import type { SignIn } from '../accounts.ts';
import { deviceOf } from './device-of.ts';
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
          <SignInRow key={signIn.id} signIn={signIn} />
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

function SignInRow({ signIn }: { signIn: SignIn }) {
  const t = useTranslations('signIns');
  const format = useFormatter();
  const words = useErrorWords();
  const { id, userAgent, ipAddress, updatedAt, createdAt, current } = signIn;
  const { browser, system } = deviceOf(userAgent);
  const name = browser && system ? t('browserOn', { browser, system }) : (browser ?? system ?? t('unknown'));
  const Icon = /iPhone|iPad|Android/.test(system ?? '') ? Smartphone : Monitor;
  const facts = [
    current ? t('current') : t('used', { when: format.relativeTime(new Date(updatedAt), new Date()) }),
    t('since', { date: format.dateTime(new Date(createdAt), { dateStyle: 'medium' }) }),
    ipAddress && t('from', { address: ipAddress }),
  ];
  const end = () =>
    endSignIn(id).then(
      () => toast(t('ended', { name })),
      (error) => toast(words(error)),
    );
  return (
    <li className="flex flex-wrap items-center justify-end gap-3 border-b border-hairline py-3">
      <Icon size={18} className={current ? 'shrink-0 text-accent' : 'shrink-0 text-muted'} aria-hidden />
      <div className="min-w-[min(70%,8rem)] flex-1">
        <h3 className="text-row font-medium">{name}</h3>
        <p className="text-note text-pretty text-muted tabular-nums">{facts.filter(Boolean).join(' · ')}</p>
      </div>
      {!current && (
        <Button small onClick={() => void end()} aria-label={`${t('end')}: ${name}`}>
          {t('end')}
        </Button>
      )}
    </li>
  );
}
