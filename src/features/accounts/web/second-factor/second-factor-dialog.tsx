import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { toast } from '#web/ui/toast.tsx';
import { TryAgain } from '#web/ui/try-again.tsx';
import { PasswordStep } from './password-step.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { ScanStep } from './scan-step.tsx';
import { ask, rereadSecondFactor, useSecondFactor } from './use-second-factor.ts';

type Begun = { totpURI: string; backupCodes: string[] };
type Step =
  | { at: 'start' }
  | { at: 'scan'; begun: Begun }
  | { at: 'codes'; codes: string[] }
  | { at: 'renew' }
  | { at: 'turn-off' };

/** A code besides the password: turned on, its recovery codes renewed, turned off. */
export default function SecondFactorDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('secondFactor');
  const { data: state, isError, refetch } = useSecondFactor();
  const [step, setStep] = useState<Step>({ at: 'start' });
  const toStart = () => setStep({ at: 'start' });

  const enable = async (password: string) =>
    setStep({ at: 'scan', begun: await ask<Begun>('enable', { password }) });
  const renew = async (password: string) => {
    const { backupCodes } = await ask<Begun>('generate-backup-codes', { password });
    setStep({ at: 'codes', codes: backupCodes });
    await rereadSecondFactor();
  };
  const turnOff = async (password: string) => {
    await ask('disable', { password });
    toast(t('turnedOff'));
    await rereadSecondFactor();
    onClose();
  };

  const content = () => {
    if (step.at === 'codes') return <RecoveryCodes codes={step.codes} onDone={onClose} />;
    if (step.at === 'scan')
      return (
        <ScanStep
          address={step.begun.totpURI}
          onCancel={onClose}
          onConfirmed={() => {
            setStep({ at: 'codes', codes: step.begun.backupCodes });
            void rereadSecondFactor();
          }}
        />
      );
    if (isError) return <TryAgain onClick={() => void refetch()} />;
    if (!state) return <div className="h-24" />;
    if (step.at === 'renew') return <PasswordStep action={t('renew')} run={renew} onCancel={toStart} />;
    if (step.at === 'turn-off')
      return <PasswordStep action={t('turnOff')} danger run={turnOff} onCancel={toStart} />;
    if (!state.enabled && !state.hasPassword) return <Button onClick={onClose}>{t('understood')}</Button>;
    if (!state.enabled) return <PasswordStep action={t('begin')} run={enable} onCancel={onClose} />;
    return (
      <div className="flex flex-col gap-4">
        <p className="text-sm tabular-nums">{t('left', { count: state.recoveryCodesLeft })}</p>
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => setStep({ at: 'renew' })}>{t('renew')}</Button>
          <Button onClick={() => setStep({ at: 'turn-off' })}>{t('turnOff')}</Button>
        </div>
      </div>
    );
  };

  const text = () => {
    if (step.at === 'codes') return t('codesText');
    if (step.at === 'scan') return t('scanText');
    if (step.at === 'renew') return t('renewText');
    if (step.at === 'turn-off') return t('turnOffText');
    if (isError) return t('failed');
    if (!state) return t('text');
    if (state.enabled) return t('onText');
    return t(state.hasPassword ? 'text' : 'withoutPassword');
  };

  return (
    <Dialog title={t(step.at === 'codes' ? 'codesTitle' : 'title')} description={text()} onClose={onClose}>
      {content()}
    </Dialog>
  );
}
