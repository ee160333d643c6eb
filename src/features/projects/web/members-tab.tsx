/** Who is in a project, and how one comes in and leaves. */
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useMe } from '#features/accounts/web/index.ts';
import { Button } from '#web/ui/button.tsx';
import { Failed, Section, Skeleton } from '#web/ui/page.tsx';
import type { Project } from '../projects.ts';
import { InviteDialog } from './invite-dialog.tsx';
import { InviteRow } from './invite-row.tsx';
import { MemberRow } from './member-row.tsx';
import { useInvites, useMembers } from './use-projects.ts';

export function MembersTab({ project }: { project: Project }) {
  const t = useTranslations('members');
  const { data: me } = useMe();
  const list = useMembers(project.id);
  const members = list.data ?? [];
  const owners = members.filter(({ role }) => role === 'owner').length;
  const [inviting, setInviting] = useState(false);
  const manages = project.role === 'owner';
  const lastOwner = manages && owners === 1;
  return (
    <>
      <div className="mt-6 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="max-w-lg text-sm text-pretty text-muted">{t('text')}</p>
        {manages && me?.role !== 'guest' && (
          <Button look="primary" onClick={() => setInviting(true)}>
            <UserPlus size={16} aria-hidden />
            {t('invite')}
          </Button>
        )}
      </div>
      {me?.role === 'guest' && <p className="mt-3 text-sm text-pretty">{t('guest')}</p>}
      {list.isPending && <Skeleton lines={3} />}
      {list.isError && members.length === 0 && (
        <Failed onRetry={() => void list.refetch()}>{t('failed')}</Failed>
      )}
      <ul aria-label={t('list')} className="mt-4">
        {members.map((member) => (
          <MemberRow
            key={member.userId}
            project={project}
            member={member}
            self={member.userId === me?.id}
            lastOwner={lastOwner && member.role === 'owner'}
          />
        ))}
      </ul>
      {lastOwner && members.length > 1 && <p className="mt-3 text-note text-muted">{t('lastOwner')}</p>}
      {manages && <Invites project={project} />}
      {inviting && <InviteDialog project={project} onClose={() => setInviting(false)} />}
    </>
  );
}

/** The links that are open; nothing where there are none. */
function Invites({ project }: { project: Project }) {
  const t = useTranslations('invites');
  const { data: invites = [] } = useInvites(project.id);
  if (invites.length === 0) return null;
  return (
    <Section title={t('open')}>
      <ul className="mt-1">
        {invites.map((invite) => (
          <InviteRow key={invite.id} projectId={project.id} invite={invite} />
        ))}
      </ul>
    </Section>
  );
}
