import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { ApiError } from '#web/api/http.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { DialogFooter } from '#web/ui/dialog-footer.tsx';
import { Failed, Section, Skeleton } from '#web/ui/page.tsx';
import { toast } from '#web/ui/toast.tsx';
import type { Settings } from '../accounts.ts';
import {
  changedLimits,
  LIMIT_ORDER,
  LimitFields,
  type LimitName,
  type LimitProblem,
  toTexts,
  useLimitValue,
  wordsBesideNoLimit,
} from './limit-fields.tsx';
import { changeSettings, useSettings } from './use-users.ts';

/** What everybody may use for whom nothing else is set. */
export function DefaultLimits() {
  const t = useTranslations('users');
  const nameOf = useTranslations('limits.name');
  const value = useLimitValue();
  const settings = useSettings();
  const [open, setOpen] = useState(false);
  return (
    <Section
      title={t('defaults')}
      action={
        settings.data && (
          <Button small onClick={() => setOpen(true)} aria-label={`${t('changeDefaults')}: ${t('defaults')}`}>
            {t('changeDefaults')}
          </Button>
        )
      }
    >
      <p className="text-sm text-muted">{t('defaultsText')}</p>
      {settings.isPending && <Skeleton lines={1} />}
      {settings.isError && <Failed onRetry={() => void settings.refetch()}>{t('defaultsFailed')}</Failed>}
      {settings.data && (
        <dl className="two-columns mt-4 gap-x-6 gap-y-4 sm:grid-cols-3 lg:grid-cols-4">
          {LIMIT_ORDER.map((name) => (
            <div key={name}>
              <dt className="text-note text-muted">{nameOf(name)}</dt>
              <dd className="mt-0.5 text-row font-medium tabular-nums">{value(name, settings.data[name])}</dd>
            </div>
          ))}
        </dl>
      )}
      {open && settings.data && <DefaultsDialog before={settings.data} onClose={() => setOpen(false)} />}
    </Section>
  );
}

function DefaultsDialog({ before, onClose }: { before: Settings; onClose: () => void }) {
  const t = useTranslations('users');
  const limits = useTranslations('limits');
  const words = useErrorWords();
  const [texts, setTexts] = useState(() => toTexts<LimitName>(before));
  const [problem, setProblem] = useState<LimitProblem | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      await changeSettings(changedLimits<LimitName>(before, texts));
      toast(t('saved'));
      onClose();
    } catch (error) {
      setProblem({ field: error instanceof ApiError ? error.field : undefined, words: words(error) });
      setBusy(false);
    }
  };
  return (
    <Dialog title={t('defaultsTitle')} description={limits('builtIn')} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-5">
        <LimitFields texts={texts} onChange={setTexts} problem={problem} />
        <DialogFooter
          action={t('save')}
          busy={busy}
          problem={wordsBesideNoLimit(problem)}
          onCancel={onClose}
        />
      </form>
    </Dialog>
  );
}
