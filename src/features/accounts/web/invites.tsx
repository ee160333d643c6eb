import { Mail } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Button } from '#web/ui/button.tsx';
import { Failed, Section, Skeleton } from '#web/ui/page.tsx';
import { toast } from '#web/ui/toast.tsx';
import { useTimestamp } from '#web/ui/use-timestamp.ts';
import type { AccountInvite } from '../invites.ts';
import { InviteDialog } from './invite-dialog.tsx';
import { useInvites, useMailStatus, withdrawInvite } from './use-invites.ts';
import { useSignUpRules } from './use-sign-up-rules.ts';

/** Who is invited to make an account here, and the way to invite somebody. */
export function Invites() {
  const t = useTranslations('accountInvites');
  const list = useInvites();
  const { data: mail } = useMailStatus();
  const { data: rules } = useSignUpRules();
  const [open, setOpen] = useState(false);
  const mode = rules?.signUp ?? 'open';
  const invites = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section
      title={t('title')}
      action={
        mode !== 'off' && (
          <Button small onClick={() => setOpen(true)}>
            {t('invite')}
          </Button>
        )
      }
    >
      <p className="max-w-lg text-sm text-pretty text-muted">{t(`text.${mode}`)}</p>
      {list.isPending && <Skeleton lines={1} />}
      {list.isError && <Failed onRetry={() => void list.refetch()}>{t('failed')}</Failed>}
      <ul className="mt-2">
        {invites.map((invite) => (
          <InviteRow key={invite.id} invite={invite} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button className="mt-4" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
      {open && <InviteDialog mails={mail?.configured ?? false} onClose={() => setOpen(false)} />}
    </Section>
  );
}

function InviteRow({ invite }: { invite: AccountInvite }) {
  const t = useTranslations('accountInvites');
  const users = useTranslations('users');
  const words = useErrorWords();
  const timestamp = useTimestamp();
  const { id, email, role, expiresAt, maxUses, uses, createdAt, hasAccount } = invite;
  const name = email ?? t('anybody');
  const facts = [
    users(`roleOf.${role}`),
    t('made', { when: timestamp(createdAt) }),
    expiresAt ? t('until', { when: timestamp(expiresAt) }) : t('always'),
    maxUses === null ? t('used', { uses }) : maxUses > 1 && t('usedOf', { uses, maxUses }),
  ];
  const withdraw = () =>
    withdrawInvite(id).then(
      () => toast(t('withdrawn')),
      (error) => toast(words(error)),
    );
  return (
    <li className="flex flex-wrap items-center justify-end gap-3 border-b border-hairline py-3">
      <Mail size={18} className="shrink-0 text-accent" aria-hidden />
      <div className="min-w-[min(70%,8rem)] flex-1">
        <h3 className="truncate text-row font-medium">{name}</h3>
        <p className="text-note text-pretty text-muted tabular-nums">{facts.filter(Boolean).join(' · ')}</p>
        {hasAccount && <p className="text-note text-danger">{t('hasAccount')}</p>}
      </div>
      <Button small onClick={() => void withdraw()} aria-label={`${t('withdraw')}: ${name}`}>
        {t('withdraw')}
      </Button>
    </li>
  );
}
