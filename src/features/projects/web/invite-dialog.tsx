import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { basePath } from '#web/base-path.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { DialogFooter } from '#web/ui/dialog-footer.tsx';
import { SelectField } from '#web/ui/field.tsx';
import { endOf, USES, type Uses, VALID_FOR, type ValidFor } from '#web/ui/link-terms.ts';
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
    const fields = new FormData(event.currentTarget);
    const expiresAt = endOf(fields.get('validFor') as ValidFor);
    const maxUses = USES[fields.get('uses') as Uses];
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
        <div className="grid gap-4 sm:grid-cols-2">
          <SelectField name="validFor" label={t('validFor')} defaultValue="week">
            {(Object.keys(VALID_FOR) as ValidFor[]).map((span) => (
              <option key={span} value={span}>
                {t(`valid.${span}`)}
              </option>
            ))}
          </SelectField>
          <SelectField name="uses" label={t('uses')} defaultValue="any">
            {(Object.keys(USES) as Uses[]).map((uses) => (
              <option key={uses} value={uses}>
                {t(`usesOf.${uses}`)}
              </option>
            ))}
          </SelectField>
        </div>
        <DialogFooter action={t('create')} busy={busy} problem={problem} onCancel={onClose} />
      </form>
    </Dialog>
  );
}
