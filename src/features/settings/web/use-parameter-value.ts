import { useFormatter, useTranslations } from 'use-intl';
import type { ParameterName } from '../rules.ts';
import type { Parameters } from '../settings.ts';
import { stopsToText } from './parameter-text.ts';

type Value = NonNullable<Parameters[ParameterName]>;

/** Says a parameter's value in the reader's language. */
export function useParameterValue(): (name: ParameterName, value: Value) => string {
  const t = useTranslations('parameters');
  const format = useFormatter();
  return (name, value) => {
    if (Array.isArray(value)) return stopsToText(value).replaceAll('\n', ' · ');
    if (typeof value === 'string') return t(`effort.${value}`);
    // A seed is a name more than an amount.
    return name === 'seed' ? String(value) : format.number(value, { maximumFractionDigits: 6 });
  };
}
