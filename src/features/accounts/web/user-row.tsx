import {
  Ellipsis,
  KeyRound,
  MonitorSmartphone,
  ShieldOff,
  SlidersHorizontal,
  UserRound,
  UserRoundCheck,
  UserRoundX,
} from 'lucide-react';
import { useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { IconButton } from '#web/ui/button.tsx';
import { cx } from '#web/ui/classes.ts';
import { Menu } from '#web/ui/menu.tsx';
import { SecretDialog } from '#web/ui/secret-dialog.tsx';
import { toast } from '#web/ui/toast.tsx';
import { useTimestamp } from '#web/ui/use-timestamp.ts';
import type { AdminUser, Limits } from '../accounts.ts';
import type { ResetLink } from '../invites.ts';
import { DisableDialog } from './disable-dialog.tsx';
import { useLimitWords } from './limit-fields.tsx';
import { RemoveFactorDialog } from './remove-factor-dialog.tsx';
import { makeResetLink } from './use-invites.ts';
import { useMe } from './use-me.ts';
import { usePersonName } from './use-person-name.ts';
import { changeUser } from './use-users.ts';
import { UserDialog } from './user-dialog.tsx';
import { UserSignInsDialog } from './user-sign-ins-dialog.tsx';

type UserRowProps = { user: AdminUser; defaults: Limits | undefined };

/** One user: who, what for, how lately, with which limits, and what can be done about it. */
export function UserRow({ user, defaults }: UserRowProps) {
  const t = useTranslations('users');
  const format = useFormatter();
  const limitWords = useLimitWords();
  const nameOf = usePersonName();
  const problemWords = useErrorWords();
  const timestamp = useTimestamp();
  const { data: me } = useMe();
  const [open, setOpen] = useState<'edit' | 'disable' | 'factor' | 'signIns' | null>(null);
  const [link, setLink] = useState<ResetLink | null>(null);
  const guest = user.role === 'guest';
  const name = nameOf(user.name) || user.email || t('guest');
  const own = limitWords(user);
  const enable = () =>
    changeUser(user.id, { disabled: false }).then(
      () => toast(t('enabled', { name })),
      (error) => toast(problemWords(error)),
    );
  const resetLink = () => makeResetLink(user.id).then(setLink, (error) => toast(problemWords(error)));
  const facts = [
    t('chats', { count: user.chatCount }),
    t('seen', { when: format.relativeTime(new Date(user.lastActiveAt), new Date()) }),
    ...(user.twoFactor ? [t('secondFactor')] : []),
    ...(guest ? [] : [t(user.emailVerified ? 'emailVerified' : 'emailUnverified')]),
  ];
  return (
    <li className="flex items-start gap-3 border-b border-hairline py-3">
      <span
        className={cx(
          'mt-0.5 grid size-8 shrink-0 place-items-center @max-[16rem]:hidden rounded-full text-note font-semibold uppercase',
          guest || user.disabled ? 'bg-hover text-muted' : 'bg-accent-soft text-accent',
        )}
        aria-hidden="true"
      >
        {guest ? <UserRound size={16} /> : name.slice(0, 1)}
      </span>
      <div className="grid min-w-0 flex-1 gap-x-4 gap-y-0.5 @2xl:grid-cols-[minmax(0,5fr)_7rem_minmax(0,5fr)]">
        <div className="min-w-0">
          <h2 className="flex flex-wrap items-baseline gap-x-2 text-row font-medium">
            <span className={cx('min-w-0 truncate', user.disabled && 'text-muted line-through')}>{name}</span>
            {me?.id === user.id && <span className="text-note font-normal text-muted">{t('you')}</span>}
          </h2>
          {user.email && user.email !== name && <p className="truncate text-note text-muted">{user.email}</p>}
          <p className="text-note text-muted tabular-nums">{facts.join(' · ')}</p>
        </div>
        <p className={cx('text-sm @2xl:pt-0.5', guest && !user.disabled && '@max-2xl:hidden')}>
          <span className={user.role === 'admin' ? 'font-medium text-accent' : 'text-muted'}>
            {t(`roleOf.${user.role}`)}
          </span>
          {user.disabled && (
            <span className="ml-2 font-medium text-danger @2xl:ml-0 @2xl:block">{t('disabled')}</span>
          )}
        </p>
        <p
          className={cx(
            'text-note text-pretty tabular-nums @2xl:pt-0.5',
            own.length === 0 && 'text-muted @max-2xl:hidden',
          )}
        >
          {own.length > 0 ? own.join(' · ') : t('defaultLimits')}
        </p>
      </div>
      <Menu
        trigger={
          <IconButton label={t('menuOf', { name })}>
            <Ellipsis size={18} />
          </IconButton>
        }
        entries={[
          { icon: <SlidersHorizontal size={16} />, label: t('edit'), run: () => setOpen('edit') },
          { icon: <MonitorSmartphone size={16} />, label: t('signIns'), run: () => setOpen('signIns') },
          ...(guest
            ? []
            : [{ icon: <KeyRound size={16} />, label: t('resetLink'), run: () => void resetLink() }]),
          ...(user.twoFactor
            ? [{ icon: <ShieldOff size={16} />, label: t('removeFactor'), run: () => setOpen('factor') }]
            : []),
          'line',
          user.disabled
            ? { icon: <UserRoundCheck size={16} />, label: t('enable'), run: () => void enable() }
            : {
                icon: <UserRoundX size={16} />,
                label: t('disable'),
                run: () => setOpen('disable'),
                danger: true,
              },
        ]}
      />
      {link && (
        <SecretDialog
          title={t('resetLinkTitle', { name })}
          text={t('resetLinkText', { when: timestamp(link.expiresAt) })}
          value={link.url}
          copyLabel={t('copyLink')}
          doneLabel={t('done')}
          onClose={() => setLink(null)}
        />
      )}
      {open === 'edit' && (
        <UserDialog user={user} name={name} defaults={defaults} onClose={() => setOpen(null)} />
      )}
      {open === 'signIns' && <UserSignInsDialog user={user} name={name} onClose={() => setOpen(null)} />}
      {open === 'factor' && <RemoveFactorDialog user={user} name={name} onClose={() => setOpen(null)} />}
      {open === 'disable' && <DisableDialog user={user} name={name} onClose={() => setOpen(null)} />}
    </li>
  );
}
