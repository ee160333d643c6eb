import { Check, Copy } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { basePath } from '#web/base-path.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { DialogFooter } from '#web/ui/dialog-footer.tsx';
import { SelectField } from '#web/ui/field.tsx';
import { useCopy } from '#web/ui/use-copy.ts';
import type { Project } from '../projects.ts';
import { type ProjectRole, ROLES } from '../rules.ts';
import { createInvite } from './project-calls.ts';

/** Days; null is for as long as it is not withdrawn. */
const VALID_FOR = { day: 1, week: 7, month: 30, always: null } as const;
type ValidFor = keyof typeof VALID_FOR;
const DAY_MS = 86_400_000;
/** How often it may be used; null is without a bound. */
const USES = { one: 1, five: 5, many: 25, any: null } as const;
type Uses = keyof typeof USES;

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
    const days = VALID_FOR[fields.get('validFor') as ValidFor];
    const maxUses = USES[fields.get('uses') as Uses];
    setBusy(true);
    try {
      const { token } = await createInvite(project.id, {
        role,
        ...(days !== null && { expiresAt: new Date(Date.now() + days * DAY_MS).toISOString() }),
        ...(maxUses !== null && { maxUses }),
      });
      setLink(`${location.origin}${basePath}/join/${token}`);
    } catch (error) {
      setProblem(words(error));
      setBusy(false);
    }
  };
  if (link) return <MadeLink link={link} onClose={onClose} />;
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

function MadeLink({ link, onClose }: { link: string; onClose: () => void }) {
  const t = useTranslations('invites');
  const common = useTranslations('common');
  const { copied, copy } = useCopy();
  // Copying comes first: it is not shown again.
  const [taken, setTaken] = useState(false);
  return (
    <Dialog title={t('madeTitle')} description={t('madeText')} onClose={onClose}>
      <div className="flex flex-col gap-4">
        <input
          readOnly
          aria-label={t('madeTitle')}
          value={link}
          onFocus={(event) => event.currentTarget.select()}
          className="h-11 w-full rounded-medium border border-hairline bg-code-surface px-3 font-mono text-note"
        />
        <div className="flex flex-wrap justify-end gap-2">
          <Button
            look={taken ? 'outline' : 'primary'}
            onClick={() => {
              copy(link);
              setTaken(true);
            }}
          >
            {copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
            <span aria-live="polite">{copied ? common('copied') : t('copyLink')}</span>
          </Button>
          <Button look={taken ? 'primary' : 'outline'} onClick={onClose}>
            {t('done')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
