import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Button } from '#web/ui/button.tsx';
import { Failed, Section, Skeleton } from '#web/ui/page.tsx';
import { toast } from '#web/ui/toast.tsx';
import { useTimestamp } from '#web/ui/use-timestamp.ts';
import { sendTestMail, useMailStatus } from './use-invites.ts';
import { useMe } from './use-me.ts';

/** How long its news is waited for after a test mail was asked for. */
const LOOK_MS = 30_000;

/** Whether Parley can send mail, what came of the last one, and a mail to try it. */
export function MailSection() {
  const t = useTranslations('mail');
  const words = useErrorWords();
  const timestamp = useTimestamp();
  const { data: me } = useMe();
  const [looking, setLooking] = useState(false);
  const { data: mail, isPending, isError, refetch } = useMailStatus(looking);
  const test = () => {
    sendTestMail().then(
      () => {
        toast(t('onItsWay', { email: me?.email ?? '' }));
        setLooking(true);
        setTimeout(() => setLooking(false), LOOK_MS);
      },
      (error) => toast(words(error)),
    );
  };
  const problem = mail?.lastProblem;
  const isBroken = problem && (!mail.lastSentAt || problem.at > mail.lastSentAt);
  return (
    <Section
      title={t('title')}
      action={
        mail?.configured && (
          <Button small disabled={looking} onClick={test}>
            {t('test')}
          </Button>
        )
      }
    >
      {isPending && <Skeleton lines={1} />}
      {isError && <Failed onRetry={() => void refetch()}>{t('failed')}</Failed>}
      {mail && (
        <p className="max-w-lg text-sm text-pretty text-muted">
          {mail.configured ? t('from', { from: mail.from ?? '' }) : t('none')}
        </p>
      )}
      {mail?.configured && (
        <p className="mt-2 text-sm text-muted" aria-live="polite">
          {mail.lastSentAt ? t('lastSent', { when: timestamp(mail.lastSentAt) }) : t('neverSent')}
        </p>
      )}
      {isBroken && (
        <p role="alert" className="mt-2 max-w-lg text-sm wrap-anywhere text-danger">
          {t('problem', { when: timestamp(problem.at), text: problem.text })}
        </p>
      )}
    </Section>
  );
}
