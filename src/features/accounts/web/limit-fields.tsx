/** The six limits as fields of a form: empty is the default of one level up. */
import { useFormatter, useTranslations } from 'use-intl';
import { TextField } from '#web/ui/field.tsx';
import type { LimitSettings, Limits } from '../accounts.ts';

export type LimitName = keyof Limits;
export type LimitTexts = Record<LimitName, string>;

/** In the order in which they are shown; the type keeps it complete. */
const BOUNDS: Record<LimitName, { min: number; max: number; step?: string }> = {
  maxChats: { min: 0, max: 1_000_000_000 },
  maxConcurrent: { min: 1, max: 1_000_000_000 },
  maxQueued: { min: 0, max: 1_000_000_000 },
  requestsPerMinute: { min: 0, max: 1_000_000_000 },
  tokensPerDay: { min: 0, max: Number.MAX_SAFE_INTEGER },
  weight: { min: 0.01, max: 100, step: 'any' },
};
export const LIMIT_ORDER = Object.keys(BOUNDS) as LimitName[];

export const toTexts = (limits: LimitSettings): LimitTexts =>
  Object.fromEntries(LIMIT_ORDER.map((name) => [name, String(limits[name] ?? '')])) as LimitTexts;

/** What was changed, as the server takes it. */
export function changedLimits(before: LimitSettings, texts: LimitTexts): Partial<LimitSettings> {
  const changed = LIMIT_ORDER.filter((name) => texts[name].trim() !== String(before[name] ?? ''));
  return Object.fromEntries(
    changed.map((name) => [name, texts[name].trim() === '' ? null : Number(texts[name])]),
  );
}

/** A limit as a number to read, `no limit` without one. */
export function useLimitValue(): (value: number | null | undefined) => string {
  const t = useTranslations('limits');
  const format = useFormatter();
  return (value) => (value === null || value === undefined ? t('noLimit') : format.number(value));
}

/** The limits that are set, each in a few words. */
export function useLimitWords(): (limits: LimitSettings) => string[] {
  const t = useTranslations('limits.short');
  return (limits) =>
    LIMIT_ORDER.flatMap((name) => (limits[name] === null ? [] : [t(name, { count: limits[name] })]));
}

/** What the server refused, and the field it named. */
export type LimitProblem = { field: string | undefined; words: string };

/** What is wrong, where no field of the form says so itself. */
export const wordsBesideNoLimit = (problem: LimitProblem | null): string | null =>
  problem && !(problem.field && problem.field in BOUNDS) ? problem.words : null;

type LimitFieldsProps = {
  texts: LimitTexts;
  onChange: (texts: LimitTexts) => void;
  /** What holds where a field is empty; missing, the built-in defaults do. */
  defaults?: Limits | undefined;
  problem: LimitProblem | null;
};

export function LimitFields({ texts, onChange, defaults, problem }: LimitFieldsProps) {
  const t = useTranslations('limits');
  const value = useLimitValue();
  return (
    <div className="grid grid-cols-2 gap-x-4 gap-y-4">
      {LIMIT_ORDER.map((name) => (
        <TextField
          key={name}
          label={t(`name.${name}`)}
          type="number"
          inputMode={name === 'weight' ? 'decimal' : 'numeric'}
          {...BOUNDS[name]}
          value={texts[name]}
          placeholder={defaults && value(defaults[name])}
          error={problem?.field === name ? problem.words : undefined}
          hint={defaults ? t('default', { value: value(defaults[name]) }) : undefined}
          onChange={(event) => onChange({ ...texts, [name]: event.target.value })}
          className="tabular-nums"
        />
      ))}
      <p className="col-span-2 -mt-1 text-note text-muted">{t('weightHint')}</p>
    </div>
  );
}
