import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { CopyButton } from '#web/ui/copy-button.tsx';
import { DialogFooter } from '#web/ui/dialog-footer.tsx';
import { CodeField } from './code-field.tsx';
import { QrCode } from './qr-code.tsx';
import { ask } from './use-second-factor.ts';

type ScanStepProps = {
  /** What the authenticator app reads. */
  address: string;
  onConfirmed: () => void;
  onCancel: () => void;
};

/** Hands the secret to an authenticator app, as a picture and as text, and has it confirmed by a code. */
export function ScanStep({ address, onConfirmed, onCancel }: ScanStepProps) {
  const t = useTranslations('secondFactor');
  const words = useErrorWords();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const key = new URL(address).searchParams.get('secret') ?? '';
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    setBusy(true);
    setProblem(null);
    try {
      await ask('verify-totp', { code: String(new FormData(form).get('code')).trim() });
      onConfirmed();
    } catch (error) {
      setProblem(words(error));
      form.querySelector('input')?.select();
      setBusy(false);
    }
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-4">
        <QrCode text={address} label={t('qr')} />
        <div className="min-w-40 flex-1">
          <p className="text-sm font-medium">{t('byHand')}</p>
          <div className="mt-1 flex items-start gap-1">
            <code className="font-mono text-note break-words text-muted" data-testid="key">
              {key.replace(/.{4}(?=.)/g, '$& ')}
            </code>
            <CopyButton text={key} label={t('copyKey')} />
          </div>
        </div>
      </div>
      <CodeField kind="totp" label={t('code')} hint={t('codeHint')} />
      <DialogFooter action={t('turnOn')} busy={busy} problem={problem} onCancel={onCancel} />
    </form>
  );
}
