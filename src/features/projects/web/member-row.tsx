import { LogOut, UserMinus } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useLocation } from 'wouter';
import { usePersonName } from '#features/accounts/web/index.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Button } from '#web/ui/button.tsx';
import { cx } from '#web/ui/classes.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { DialogFooter } from '#web/ui/dialog-footer.tsx';
import { INPUT } from '#web/ui/field.tsx';
import { toast } from '#web/ui/toast.tsx';
import type { Member, Project } from '../projects.ts';
import { type ProjectRole, ROLES } from '../rules.ts';
import { Initials } from './initials.tsx';
import { changeRole, leaveProject, removeMember } from './project-calls.ts';

type MemberRowProps = {
  project: Project;
  member: Member;
  /** Whoever is here. */
  self: boolean;
  /** The only owner, who can neither leave nor be made something else. */
  lastOwner: boolean;
};

/** One member: who, as what, and what can be done about it. */
export function MemberRow({ project, member, self, lastOwner }: MemberRowProps) {
  const t = useTranslations('members');
  const words = useErrorWords();
  const nameOf = usePersonName();
  const [asking, setAsking] = useState(false);
  const manages = project.role === 'owner';
  const changes = manages && !lastOwner;
  const ends = self ? !lastOwner : manages;
  const name = nameOf(member.name) || member.email;
  const give = (role: ProjectRole) =>
    changeRole(project.id, member.userId, role).catch((error) => toast(words(error)));
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-hairline py-3">
      <Initials name={name} className="size-9! text-note!" />
      <div className="min-w-0 flex-1 basis-40">
        <h2 className="flex items-baseline gap-2 text-row font-medium">
          <span className="min-w-0 truncate">{name}</span>
          {self && <span className="text-note font-normal text-muted">{t('you')}</span>}
        </h2>
        {member.email && <p className="truncate text-note text-muted">{member.email}</p>}
      </div>
      <div
        className={cx(
          'flex flex-wrap items-center gap-2',
          (changes || ends) && 'max-sm:basis-full @xs:max-sm:pl-12',
        )}
      >
        {changes ? (
          <select
            aria-label={t('roleOf', { name })}
            value={member.role}
            onChange={(event) => void give(event.target.value as ProjectRole)}
            className={cx(INPUT, 'h-11 w-auto! sm:h-9')}
          >
            {ROLES.map((role) => (
              <option key={role} value={role}>
                {t(`role.${role}`)}
              </option>
            ))}
          </select>
        ) : (
          <span className={cx('text-sm text-muted', !ends && 'px-2')}>{t(`role.${member.role}`)}</span>
        )}
        {ends && self && (
          <Button small onClick={() => setAsking(true)}>
            <LogOut size={15} aria-hidden />
            {t('leave')}
          </Button>
        )}
        {ends && !self && (
          <Button small onClick={() => setAsking(true)} aria-label={t('removeOf', { name })}>
            <UserMinus size={15} aria-hidden />
            {t('remove')}
          </Button>
        )}
      </div>
      {asking && (
        <EndDialog
          project={project}
          member={member}
          name={name}
          self={self}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  );
}

type EndDialogProps = Omit<MemberRowProps, 'lastOwner'> & { name: string; onClose: () => void };

/** Asks before a membership ends, and says what stays. */
function EndDialog({ project, member, name, self, onClose }: EndDialogProps) {
  const t = useTranslations('members');
  const words = useErrorWords();
  const [, navigate] = useLocation();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const end = async () => {
    setBusy(true);
    try {
      if (self) {
        await leaveProject(project.id, member.userId);
        navigate('/projects');
        toast(t('left', { project: project.name }));
      } else {
        await removeMember(project.id, member.userId);
        toast(t('removed', { name }));
        onClose();
      }
    } catch (error) {
      setProblem(words(error));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={self ? t('leaveTitle', { project: project.name }) : t('removeTitle', { name })}
      description={self ? t('leaveText') : t('removeText')}
      onClose={onClose}
    >
      <div className="flex flex-col gap-4">
        <DialogFooter
          action={self ? t('leave') : t('remove')}
          danger
          busy={busy}
          problem={problem}
          onAction={() => void end()}
          onCancel={onClose}
        />
      </div>
    </Dialog>
  );
}
