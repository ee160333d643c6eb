import { useTranslations } from 'use-intl';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Button } from '#web/ui/button.tsx';
import { toast } from '#web/ui/toast.tsx';
import { useTimestamp } from '#web/ui/use-timestamp.ts';
import type { Share } from '../sharing.ts';
import { withdrawShare } from './share-calls.ts';

/** One link that holds: since when, until when, what it shows, and the way to end it. */
export function ShareRow({ chatId, share }: { chatId: string; share: Share }) {
  const t = useTranslations('sharing');
  const words = useErrorWords();
  const timestamp = useTimestamp();
  const { id, createdAt, expiresAt, messageCount, includeReasoning } = share;
  const facts = [
    expiresAt ? t('until', { when: timestamp(expiresAt) }) : t('endless'),
    t('shows', { count: messageCount }),
    ...(includeReasoning ? [t('withReasoning')] : []),
  ];
  const withdraw = () =>
    withdrawShare(chatId, id).then(
      () => toast(t('withdrawn')),
      (error) => toast(words(error)),
    );
  return (
    <li className="flex flex-wrap items-center justify-end gap-3 border-b border-hairline py-3 last:border-0 last:pb-0">
      <div className="min-w-[min(70%,8rem)] flex-1">
        <p className="text-sm">{t('madeAt', { when: timestamp(createdAt) })}</p>
        <p className="text-note text-muted tabular-nums">{facts.join(' · ')}</p>
      </div>
      <Button
        small
        aria-label={t('withdrawOf', { when: timestamp(createdAt) })}
        onClick={() => void withdraw()}
      >
        {t('withdraw')}
      </Button>
    </li>
  );
}
