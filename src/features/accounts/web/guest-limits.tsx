import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { ApiError } from '#web/api/http.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { DialogFooter } from '#web/ui/dialog-footer.tsx';
import { Section } from '#web/ui/page.tsx';
import { toast } from '#web/ui/toast.tsx';
import type { GuestLimits as Guests } from '../accounts.ts';
import {
  changedLimits,
  LIMIT_ORDER,
  LimitFields,
  type LimitName,
  type LimitProblem,
  toTexts,
  useLimitValue,
} from './limit-fields.tsx';
import { changeSettings, useSettings } from './use-users.ts';

const EACH = ['maxQueued', 'maxConcurrent', 'tokensPerDay', 'maxStorageBytes'] as const;
const SHARED = ['maxQueued', 'maxConcurrent', 'maxStorageBytes'] as const;
type Each = Pick<Guests, (typeof EACH)[number]>;
const each = ({ perAddress: _shared, ...own }: Guests): Each => own;

/** What guests may use: each of them, and all of one address. */
export function GuestLimits() {
  const t = useTranslations('users');
  const { data } = useSettings();
  const [open, setOpen] = useState(false);
  if (!data) return null;
  const { guests } = data;
  return (
    <Section
      title={t('guests')}
      action={
        <Button small onClick={() => setOpen(true)} aria-label={`${t('changeDefaults')}: ${t('guests')}`}>
          {t('changeDefaults')}
        </Button>
      }
    >
      <p className="text-sm text-muted">{t('guestsText')}</p>
      <Values title={t('eachGuest')} limits={each(guests)} />
      <Values title={t('perAddress')} limits={guests.perAddress} />
      {open && <GuestsDialog before={guests} onClose={() => setOpen(false)} />}
    </Section>
  );
}

function Values({ title, limits }: { title: string; limits: Partial<Record<LimitName, number | null>> }) {
  const nameOf = useTranslations('limits.name');
  const value = useLimitValue();
  return (
    <>
      <h3 className="mt-4 text-sm font-medium">{title}</h3>
      <dl className="two-columns mt-2 gap-x-6 gap-y-4 sm:grid-cols-3 lg:grid-cols-4">
        {LIMIT_ORDER.filter((name) => name in limits).map((name) => (
          <div key={name}>
            <dt className="text-note text-muted">{nameOf(name)}</dt>
            <dd className="mt-0.5 text-row font-medium tabular-nums">{value(name, limits[name])}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function GuestsDialog({ before, onClose }: { before: Guests; onClose: () => void }) {
  const t = useTranslations('users');
  const limits = useTranslations('limits');
  const words = useErrorWords();
  const [own, setOwn] = useState(() => toTexts(each(before)));
  const [shared, setShared] = useState(() => toTexts(before.perAddress));
  const [problem, setProblem] = useState<LimitProblem | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      const perAddress = changedLimits(before.perAddress, shared);
      await changeSettings({ guests: { ...changedLimits(each(before), own), perAddress } });
      toast(t('saved'));
      onClose();
    } catch (error) {
      setProblem({ field: error instanceof ApiError ? error.field : undefined, words: words(error) });
      setBusy(false);
    }
  };
  const ofEach = within(problem, 'guests.', EACH);
  const ofShared = within(problem, 'guests.perAddress.', SHARED);
  return (
    <Dialog title={t('guestsTitle')} description={limits('builtIn')} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-5">
        <fieldset>
          <legend className="mb-3 text-sm font-medium">{t('eachGuest')}</legend>
          <LimitFields texts={own} onChange={setOwn} problem={ofEach} />
        </fieldset>
        <fieldset>
          <legend className="mb-3 text-sm font-medium">{t('perAddress')}</legend>
          <LimitFields texts={shared} onChange={setShared} problem={ofShared} />
        </fieldset>
        <DialogFooter
          action={t('save')}
          busy={busy}
          problem={ofEach || ofShared ? null : (problem?.words ?? null)}
          onCancel={onClose}
        />
      </form>
    </Dialog>
  );
}

/** The problem, if it is of a field whose name stands behind `prefix`. */
function within(problem: LimitProblem | null, prefix: string, names: readonly string[]): LimitProblem | null {
  const field = problem?.field?.startsWith(prefix) ? problem.field.slice(prefix.length) : '';
  return problem && names.includes(field) ? { ...problem, field } : null;
}
