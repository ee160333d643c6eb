/** Limits as fields of a form: empty is the default of one level up. */
import { useFormatter, useTranslations } from 'use-intl';
import { TextField } from '#web/ui/field.tsx';
import { useBytes } from '#web/ui/use-bytes.ts';
import type { LimitSettings, Limits } from '../accounts.ts';

export type LimitName = keyof Limits;
/** Those of a form, as they were typed. */
export type LimitTexts<Name extends LimitName = LimitName> = Record<Name, string>;

/** In the order in which they are shown; the type keeps it complete. */
const BOUNDS: Record<LimitName, { min: number; max: number; step?: string }> = {
  maxChats: { min: 0, max: 1_000_000_000 },
  maxConcurrent: { min: 1, max: 1_000_000_000 },
  maxQueued: { min: 0, max: 1_000_000_000 },
  requestsPerMinute: { min: 0, max: 1_000_000_000 },
  tokensPerDay: { min: 0, max: Number.MAX_SAFE_INTEGER },
  weight: { min: 0.01, max: 100, step: 'any' },
  maxStorageBytes: { min: 0, max: 1_000_000_000, step: 'any' },
};
/** What one of a field is, where it is not one of the limit: storage is typed in MB. */
const UNIT: Partial<Record<LimitName, number>> = { maxStorageBytes: 1_000_000 };
export const LIMIT_ORDER = Object.keys(BOUNDS) as LimitName[];

type Some<Name extends LimitName> = { [N in Name]: number | null };

/** The fields of the limits that `given` has. */
export const toTexts = <Name extends LimitName>(given: Some<Name>): LimitTexts<Name> =>
  Object.fromEntries(
    LIMIT_ORDER.filter((name) => name in given).map((name) => [name, textOf(name, given[name as Name])]),
  ) as LimitTexts<Name>;

const textOf = (name: LimitName, value: number | null): string =>
  value === null ? '' : String(value / (UNIT[name] ?? 1));

/** What was changed, as the server takes it. */
export function changedLimits<Name extends LimitName>(
  before: Some<Name>,
  texts: LimitTexts<Name>,
): Partial<Some<Name>> {
  const names = Object.keys(texts) as Name[];
  const changed = names.filter((name) => texts[name].trim() !== textOf(name, before[name]));
  const numberIn = (name: Name) => {
    const unit = UNIT[name];
    return unit === undefined ? Number(texts[name]) : Math.round(Number(texts[name]) * unit);
  };
  return Object.fromEntries(
    changed.map((name) => [name, texts[name].trim() === '' ? null : numberIn(name)]),
  ) as Partial<Some<Name>>;
}

/** A limit as a number to read, `no limit` without one. */
export function useLimitValue(): (name: LimitName, value: number | null | undefined) => string {
  const t = useTranslations('limits');
  const format = useFormatter();
  const bytes = useBytes();
  return (name, value) => {
    if (value === null || value === undefined) return t('noLimit');
    return name === 'maxStorageBytes' ? bytes(value) : format.number(value);
  };
}

/** The limits that are set, each in a few words. */
export function useLimitWords(): (limits: LimitSettings) => string[] {
  const t = useTranslations('limits.short');
  const bytes = useBytes();
  return (limits) =>
    LIMIT_ORDER.flatMap((name) => {
      const count = limits[name];
      if (count === null) return [];
      return [name === 'maxStorageBytes' ? t(name, { size: bytes(count) }) : t(name, { count })];
    });
}

/** What the server refused, and the field it named. */
export type LimitProblem = { field: string | undefined; words: string };

/** What is wrong, where no field of the form says so itself. */
export const wordsBesideNoLimit = (problem: LimitProblem | null): string | null =>
  problem && !(problem.field && problem.field in BOUNDS) ? problem.words : null;

type LimitFieldsProps<Name extends LimitName> = {
  texts: LimitTexts<Name>;
  onChange: (texts: LimitTexts<Name>) => void;
  /** What holds where a field is empty; missing, the built-in defaults do. */
  defaults?: Limits | undefined;
  problem: LimitProblem | null;
};

export function LimitFields<Name extends LimitName>({
  texts,
  onChange,
  defaults,
  problem,
}: LimitFieldsProps<Name>) {
  const t = useTranslations('limits');
  const value = useLimitValue();
  const names = Object.keys(texts) as Name[];
  return (
    <div className="two-columns gap-x-4 gap-y-4">
      {names.map((name: LimitName) => (
        <TextField
          key={name}
          label={t(name === 'maxStorageBytes' ? 'storageField' : `name.${name}`)}
          type="number"
          inputMode={BOUNDS[name].step ? 'decimal' : 'numeric'}
          {...BOUNDS[name]}
          value={texts[name as Name]}
          placeholder={defaults && value(name, defaults[name])}
          error={problem?.field === name ? problem.words : undefined}
          hint={defaults ? t('default', { value: value(name, defaults[name]) }) : undefined}
          onChange={(event) => onChange({ ...texts, [name]: event.target.value })}
          className="tabular-nums"
        />
      ))}
      {'weight' in texts && <p className="col-span-full -mt-1 text-note text-muted">{t('weightHint')}</p>}
    </div>
  );
}
