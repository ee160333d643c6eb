import { useFormatter, useTranslations } from 'use-intl';
import { Link } from 'wouter';
import { useMe } from './use-me.ts';

/** Tells guests what is kept, for how long, and how to keep it for good. */
export function GuestNote() {
  const t = useTranslations('account');
  const format = useFormatter();
  const { data: me } = useMe();
  if (me?.role !== 'guest') return null;
  const until = me.expiresAt
    ? format.dateTime(new Date(me.expiresAt), { day: 'numeric', month: 'long' })
    : null;
  return (
    <div className="mx-2 mb-2 rounded-medium border border-hairline p-3 text-note leading-snug text-muted">
      <p>{until ? t('guestUntil', { date: until }) : t('guestKept')}</p>
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
