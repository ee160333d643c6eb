/** Tells guests what is kept, for how long, and how to keep it for good: at the foot of the list, or above the composer. */
import { Hourglass, UserRound, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { Link } from 'wouter';
import { create } from 'zustand';
import { keep, readKept } from '#web/kept/kept.ts';
import { IconButton } from '#web/ui/button.tsx';
import { cx } from '#web/ui/classes.ts';
import { useIsPast } from '#web/ui/use-is-past.ts';
import { formAddress } from '../next-page.ts';
import { useMe } from '../use-me.ts';
import { type GuestStayProps, isBanner, warnsFrom } from './warning.ts';

const DISMISSED = 'guest-stay.dismissed';
/** Fetched once it is known who is here, so that what is kept for them can be read at once. */
const useDismissed = create(() => readKept(DISMISSED) !== null);

function dismiss(): void {
  keep(DISMISSED, 'yes');
  useDismissed.setState(true);
}

export default function GuestStay({ look, place }: GuestStayProps) {
  const t = useTranslations('guest');
  const format = useFormatter();
  const { data: me, dataUpdatedAt } = useMe();
  const dismissed = useDismissed();
  const expiresAt = me?.expiresAt ?? null;
  const isClose = useIsPast(expiresAt ? warnsFrom(expiresAt, dataUpdatedAt) : undefined);
  if (!me || !expiresAt || isBanner(place, { isClose, dismissed }) !== (look === 'banner')) return null;
  const date = format.dateTime(new Date(expiresAt), {
    day: 'numeric',
    month: 'long',
    // Near the end the minute counts.
    ...(isClose && { hour: 'numeric', minute: '2-digit' }),
  });
  const text = (
    <span role={isClose ? 'status' : undefined} className={cx(isClose && 'font-medium text-text')}>
      {t(isClose ? 'close' : 'until', { date })}
    </span>
  );
  const link = me.maySignUp && (
    <Link
      href={formAddress('/sign-up')}
      className="font-medium text-accent underline-offset-4 hover:underline touch:py-2.5"
    >
      {t('signUp')}
    </Link>
  );
  if (look === 'note') return <Note text={text} link={link} />;
  const Icon = isClose ? Hourglass : UserRound;
  return (
    <aside aria-label={t('label')} className="mx-auto w-full max-w-(--measure) shrink-0 px-3 pb-2 sm:px-6">
      <div
        className={cx(
          'flex items-start gap-2.5 rounded-large border px-4 py-2 text-note text-pretty',
          isClose ? 'border-queue bg-queue-soft' : 'border-hairline text-muted',
        )}
      >
        <Icon
          size={16}
          className={cx('mt-0.5 shrink-0 touch:mt-3', isClose && 'text-queue-text')}
          aria-hidden
        />
        <p className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 touch:min-h-11">
          {text}
          {link}
        </p>
        {!isClose && (
          <IconButton small label={t('dismiss')} className="-my-1 -mr-2.5" onClick={dismiss}>
            <X size={15} />
          </IconButton>
        )}
      </div>
    </aside>
  );
}

const Note = ({ text, link }: { text: ReactNode; link: ReactNode }) => (
  <div className="mx-2 mb-2 rounded-medium border border-hairline p-3 text-note leading-snug text-muted">
    <p>{text}</p>
    {link && <p className="mt-2">{link}</p>}
  </div>
);
