import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { basePath } from '#web/base-path.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { DialogFooter } from '#web/ui/dialog-footer.tsx';
import { SelectField } from '#web/ui/field.tsx';
import { LinkTermFields, termsIn } from '#web/ui/link-term-fields.tsx';
import { SecretDialog } from '#web/ui/secret-dialog.tsx';
import type { Project } from '../projects.ts';
import { type ProjectRole, ROLES } from '../rules.ts';
import { createInvite } from './project-calls.ts';

type InviteDialogProps = { project: Project; onClose: () => void };

/** Makes a link that invites, and shows it this once. */
export function InviteDialog({ project, onClose }: InviteDialogProps) {
  const t = useTranslations('invites');
  const roles = useTranslations('members');
  const words = useErrorWords();
  const [link, setLink] = useState<string | null>(null);
  const [role, setRole] = useState<ProjectRole>('editor');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { expiresAt, maxUses } = termsIn(event.currentTarget);
    setBusy(true);
    try {
      const { token } = await createInvite(project.id, {
        role,
        ...(expiresAt !== null && { expiresAt }),
        ...(maxUses !== null && { maxUses }),
      });
      setLink(`${location.origin}${basePath}/join/${token}`);
    } catch (error) {
      setProblem(words(error));
      setBusy(false);
    }
  };
  if (link)
    return (
      <SecretDialog
        title={t('madeTitle')}
        text={t('madeText')}
        value={link}
        copyLabel={t('copyLink')}
        doneLabel={t('done')}
        onClose={onClose}
      />
    );
  return (
    <Dialog title={t('title')} description={t('text')} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <SelectField
          label={t('role')}
          hint={roles(`may.${role}`)}
          value={role}
          onChange={(event) => setRole(event.target.value as ProjectRole)}
        >
          {ROLES.map((one) => (
            <option key={one} value={one}>
              {roles(`role.${one}`)}
            </option>
          ))}
        </SelectField>
        <LinkTermFields
          validFor={{ label: t('validFor'), of: (span) => t(`valid.${span}`) }}
          uses={{ label: t('uses'), of: (uses) => t(`usesOf.${uses}`) }}
          most="any"
        />
        <DialogFooter action={t('create')} busy={busy} problem={problem} onCancel={onClose} />
      </form>
    </Dialog>
  );
}
