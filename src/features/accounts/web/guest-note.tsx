import { useFormatter, useTranslations } from 'use-intl';
import { Link } from 'wouter';
import { cx } from '#web/ui/classes.ts';
import { useIsPast } from '#web/ui/use-is-past.ts';
import type { Me } from '../accounts.ts';
import { useMe } from './use-me.ts';

/** How long before the end it is said to the minute, and so that it is not overlooked. */
const CLOSE_MS = 24 * 3600 * 1000;

/** Tells guests what is kept, for how long, and how to keep it for good. */
export function GuestNote() {
  const t = useTranslations('account');
  const { data: me } = useMe();
  if (me?.role !== 'guest') return null;
  return (
    <div className="mx-2 mb-2 rounded-medium border border-hairline p-3 text-note leading-snug text-muted">
      {me.expiresAt ? <Until expiresAt={me.expiresAt} /> : <p>{t('guestKept')}</p>}
      {me.maySignUp && (
        <p className="mt-2">
          <Link href="/sign-up" className="font-medium text-accent underline-offset-4 hover:underline">
            {t('signUpKeep')}
          </Link>
        </p>
      )}
    </div>
  );
}

function Until({ expiresAt }: { expiresAt: NonNullable<Me['expiresAt']> }) {
  const t = useTranslations('account');
  const format = useFormatter();
  const isClose = useIsPast(new Date(Date.parse(expiresAt) - CLOSE_MS).toISOString());
  const date = format.dateTime(new Date(expiresAt), {
    day: 'numeric',
    month: 'long',
    ...(isClose && { hour: 'numeric', minute: '2-digit' }),
  });
  return (
    <p className={cx(isClose && 'font-medium text-ink')} role={isClose ? 'status' : undefined}>
      {t(isClose ? 'guestClose' : 'guestUntil', { date })}
    </p>
  );
}
