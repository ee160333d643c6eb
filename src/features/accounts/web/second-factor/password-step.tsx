import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { DialogFooter } from '#web/ui/dialog-footer.tsx';
import { PasswordField } from '../password-field.tsx';

type PasswordStepProps = {
  /** What the password is asked for. */
  action: string;
  danger?: boolean;
  run: (password: string) => Promise<void>;
  onCancel: () => void;
};

/** Asks for the password before what would help whoever only has this browser. */
export function PasswordStep({ action, danger = false, run, onCancel }: PasswordStepProps) {
  const t = useTranslations('secondFactor');
  const words = useErrorWords();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget).get('password'));
    setBusy(true);
    setProblem(null);
    try {
      await run(password);
    } catch (error) {
      setProblem(words(error));
      setBusy(false);
    }
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <PasswordField
        label={t('password')}
        name="password"
        autoComplete="current-password"
        autoFocus
        required
      />
      <DialogFooter action={action} danger={danger} busy={busy} problem={problem} onCancel={onCancel} />
    </form>
  );
}
