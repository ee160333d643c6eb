import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Button } from '#web/ui/button.tsx';
import { cx } from '#web/ui/classes.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { DialogFooter } from '#web/ui/dialog-footer.tsx';
import { toast } from '#web/ui/toast.tsx';
import type { ApiKey } from '../accounts.ts';
import { revokeApiKey } from './use-api-keys.ts';

/** Days before a key stops working for not being used, from which on that is said. */
const WARN_DAYS = 30;
const DAY_MS = 86_400_000;

/** One key: what for, how it begins, what it may do, how lately it was used, and the way to end it. */
export function ApiKeyRow({ apiKey }: { apiKey: ApiKey }) {
  const t = useTranslations('keys');
  const format = useFormatter();
  const words = useErrorWords();
  const [asking, setAsking] = useState(false);
  const { id, name, prefix, scopes, createdAt, lastUsedAt, expiresAt, idleAt } = apiKey;
  const day = (time: string) => format.dateTime(new Date(time), { dateStyle: 'medium' });
  const left = (time: string | null) => (time === null ? Infinity : Date.parse(time) - Date.now());
  const expired = left(expiresAt) <= 0;
  const forgotten = left(idleAt) <= 0;
  const over = expired || forgotten;
  const goesIdle = !over && left(idleAt) < Math.min(WARN_DAYS * DAY_MS, left(expiresAt));
  const facts = [
    t('made', { date: day(createdAt) }),
    lastUsedAt ? t('used', { when: format.relativeTime(new Date(lastUsedAt), new Date()) }) : t('unused'),
    expiresAt && t(expired ? 'expired' : 'expires', { date: day(expiresAt) }),
    idleAt && !expired && forgotten && t('forgotten', { date: day(idleAt) }),
    idleAt && goesIdle && t('goesIdle', { date: day(idleAt) }),
  ];
  const revoke = () => {
    setAsking(false);
    revokeApiKey(id).then(
      () => toast(t('revoked', { name })),
      (error) => toast(words(error)),
    );
  };
  return (
    <li className="flex flex-wrap items-center justify-end gap-3 border-b border-hairline py-3">
      <KeyRound size={18} className={cx('shrink-0', over ? 'text-muted' : 'text-accent')} aria-hidden />
      <div className="min-w-[min(70%,8rem)] flex-1">
        <h2 className="flex min-w-0 flex-wrap items-baseline gap-x-2.5 text-row font-medium">
          <span className={cx('min-w-0 truncate', over && 'text-muted')}>{name}</span>
          <code className="font-mono text-note font-normal text-muted">{prefix}…</code>
        </h2>
        <p className="text-note">{scopes.map((scope) => t(`scope.${scope}`)).join(' · ')}</p>
        <p className="text-note text-muted tabular-nums">{facts.filter(Boolean).join(' · ')}</p>
      </div>
      <Button small onClick={() => setAsking(true)} aria-label={`${t('revoke')}: ${name}`}>
        {t('revoke')}
      </Button>
      {asking && (
        <Dialog
          title={t('revokeTitle', { name })}
          description={t('revokeText')}
          onClose={() => setAsking(false)}
        >
          <DialogFooter action={t('revoke')} danger onAction={revoke} onCancel={() => setAsking(false)} />
        </Dialog>
      )}
    </li>
  );
}
