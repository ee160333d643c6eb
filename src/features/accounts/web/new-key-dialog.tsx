import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { DialogFooter } from '#web/ui/dialog-footer.tsx';
import { SelectField, TextField } from '#web/ui/field.tsx';
import { SecretDialog } from '#web/ui/secret-dialog.tsx';
import { NAME_MAX } from '../rules.ts';
import { ScopeFields, scopesIn } from './scope-fields.tsx';
import { createApiKey } from './use-api-keys.ts';
import { useMe } from './use-me.ts';

/** Days; null is for as long as it is not revoked. */
const VALID_FOR = { always: null, month: 30, quarter: 90, year: 365 } as const;
type ValidFor = keyof typeof VALID_FOR;
const DAY_MS = 86_400_000;

/** Makes a key, and shows it this once. */
export function NewKeyDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('keys');
  const common = useTranslations('common');
  const words = useErrorWords();
  const { data: me } = useMe();
  const [made, setMade] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const scopes = scopesIn(fields);
    if (scopes.length === 0) return setProblem(t('noScope'));
    const days = VALID_FOR[fields.get('validFor') as ValidFor];
    setBusy(true);
    try {
      const expiresAt = days === null ? null : new Date(Date.now() + days * DAY_MS).toISOString();
      const name = String(fields.get('name')).trim();
      setMade((await createApiKey({ name, expiresAt, scopes })).key);
    } catch (error) {
      setProblem(words(error));
      setBusy(false);
    }
  };
  if (made)
    return (
      <SecretDialog
        title={t('shownTitle')}
        text={t('shownText')}
        value={made}
        copyLabel={common('copy')}
        doneLabel={t('done')}
        onClose={onClose}
      />
    );
  return (
    <Dialog title={t('newTitle')} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          name="name"
          label={t('name')}
          hint={t('nameHint')}
          required
          pattern=".*\S.*"
          maxLength={NAME_MAX}
          autoComplete="off"
        />
        <SelectField name="validFor" label={t('validFor')} defaultValue="always">
          {(Object.keys(VALID_FOR) as ValidFor[]).map((span) => (
            <option key={span} value={span}>
              {t(`valid.${span}`)}
            </option>
          ))}
        </SelectField>
        <ScopeFields forAdmin={me?.role === 'admin'} />
        <DialogFooter action={t('create')} busy={busy} problem={problem} onCancel={onClose} />
      </form>
    </Dialog>
  );
}
