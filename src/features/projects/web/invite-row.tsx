import { Link2 } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Button } from '#web/ui/button.tsx';
import { toast } from '#web/ui/toast.tsx';
import { useTimestamp } from '#web/ui/use-timestamp.ts';
import type { Invite } from '../projects.ts';
import { withdrawInvite } from './project-calls.ts';

/** One open invitation: as what one comes in, until when, how often, and the way to end it. */
export function InviteRow({ projectId, invite }: { projectId: string; invite: Invite }) {
  const t = useTranslations('invites');
  const roles = useTranslations('members');
  const words = useErrorWords();
  const timestamp = useTimestamp();
  const { id, role, expiresAt, maxUses, uses, createdAt } = invite;
  const facts = [
    t('made', { when: timestamp(createdAt) }),
    expiresAt ? t('until', { when: timestamp(expiresAt) }) : t('always'),
    maxUses === null ? t('used', { uses }) : t('usedOf', { uses, maxUses }),
  ];
  const withdraw = () =>
    withdrawInvite(projectId, id).then(
      () => toast(t('withdrawn')),
      (error) => toast(words(error)),
    );
  return (
    <li className="flex flex-wrap items-center justify-end gap-3 border-b border-hairline py-3">
      <Link2 size={18} className="shrink-0 text-accent" aria-hidden />
      <div className="min-w-[min(70%,8rem)] flex-1">
        <h3 className="text-sm font-medium">{t('as', { role: roles(`role.${role}`) })}</h3>
        <p className="text-note text-muted tabular-nums">{facts.join(' · ')}</p>
      </div>
      <Button small onClick={() => void withdraw()}>
        {t('withdraw')}
      </Button>
    </li>
  );
}
