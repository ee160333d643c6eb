import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { TextField } from '#web/ui/field.tsx';
import { isNumberValid, readNumber } from './parameter-text.ts';

type NumberFieldProps = {
  label: string;
  hint: ReactNode;
  placeholder: string;
  bounds: { min: number; max: number; whole: boolean };
  value: number | undefined;
  /** NaN for what is no number. */
  onChange: (value: number | undefined) => void;
};

/** A number that may be left out; what is being typed stays as it is typed, and what does not hold is said under it. */
export function NumberField({ bounds, value, onChange, hint, ...field }: NumberFieldProps) {
  const t = useTranslations('parameters');
  const [typed, setTyped] = useState('');
  const text = Object.is(readNumber(typed), value) ? typed : value === undefined ? '' : String(value);
  const { min, max, whole } = bounds;
  const wrong = value !== undefined && !isNumberValid(value, bounds);
  return (
    <TextField
      {...field}
      hint={hint}
      error={wrong && t(whole ? 'wrongWhole' : 'wrongNumber', { min, max })}
      inputMode={whole && min >= 0 ? 'numeric' : 'decimal'}
      autoComplete="off"
      value={text}
      onChange={({ target }) => {
        setTyped(target.value);
        onChange(readNumber(target.value));
      }}
      className="tabular-nums"
    />
  );
}
