import { Monitor, Smartphone } from 'lucide-react';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { SignIn } from '../accounts.ts';
import { deviceOf } from './device-of.ts';

/** The words for where a sign-in is. */
export function useDeviceName(): (signIn: Pick<SignIn, 'userAgent'>) => string {
  const t = useTranslations('signIns');
  return ({ userAgent }) => {
    const { browser, system } = deviceOf(userAgent);
    return browser && system ? t('browserOn', { browser, system }) : (browser ?? system ?? t('unknown'));
  };
}

type SignInRowProps = { signIn: SignIn /** What can be done about it. */; children?: ReactNode };

/** Somewhere an account is signed in: with what, since when, how lately and from where. */
export function SignInRow({ signIn, children }: SignInRowProps) {
  const t = useTranslations('signIns');
  const format = useFormatter();
  const { userAgent, ipAddress, updatedAt, createdAt, current } = signIn;
  const name = useDeviceName()(signIn);
  const Icon = /iPhone|iPad|Android/.test(deviceOf(userAgent).system ?? '') ? Smartphone : Monitor;
  const facts = [
    current ? t('current') : t('used', { when: format.relativeTime(new Date(updatedAt), new Date()) }),
    t('since', { date: format.dateTime(new Date(createdAt), { dateStyle: 'medium' }) }),
    ipAddress && t('from', { address: ipAddress }),
  ];
  return (
    <li className="flex flex-wrap items-center justify-end gap-3 border-b border-hairline py-3">
      <Icon size={18} className={current ? 'shrink-0 text-accent' : 'shrink-0 text-muted'} aria-hidden />
      <div className="min-w-[min(70%,8rem)] flex-1">
        <h3 className="text-row font-medium">{name}</h3>
        <p className="text-note text-pretty text-muted tabular-nums">{facts.filter(Boolean).join(' · ')}</p>
      </div>
      {children}
    </li>
  );
}
