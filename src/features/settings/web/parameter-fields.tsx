/** The fields in which parameters are set, wherever that is: each empty where it is left to somebody else. */
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { SelectField, TextArea } from '#web/ui/field.tsx';
import { EFFORTS, type NumberName, type ParameterName, STOP_MAX, STOPS_MAX } from '../rules.ts';
import type { Parameters } from '../settings.ts';
import { NumberField } from './number-field.tsx';
import { boundsOf, type ParameterModel, stopsToText, textToStops } from './parameter-text.ts';

type ParameterFieldsProps = {
  /** A number that is none, or out of bounds, stands in it as it was typed: `areValid` tells. */
  value: Parameters;
  onChange: (value: Parameters) => void;
  /** The model they are for: beside each field stands what it makes of it. Null: not known. */
  model: ParameterModel | null;
  /** What holds where a field is empty, to be shown in it; without it `not set here`. */
  inherited?: { readonly [P in ParameterName]?: string };
  /** What else is to be said under a field. */
  notes?: { readonly [P in ParameterName]?: ReactNode };
};

export function ParameterFields({
  value,
  onChange,
  model,
  inherited = {},
  notes = {},
}: ParameterFieldsProps) {
  const t = useTranslations('parameters');
  const set = <P extends ParameterName>(name: P, given: Parameters[P]) => {
    const { [name]: _, ...others } = value;
    onChange(given === undefined ? others : { ...others, [name]: given });
  };
  const hintOf = (name: ParameterName, said: string): ReactNode => (
    <>
      {model?.ignores.includes(name) ? t('ignored', { model: model.name }) : said}
      {notes[name] && <span className="mt-0.5 block">{notes[name]}</span>}
    </>
  );
  const number = (name: NumberName, said: string) => (
    <NumberField
      label={t(`name.${name}`)}
      hint={hintOf(name, said)}
      placeholder={inherited[name] ?? t('unset')}
      bounds={boundsOf(name, model)}
      value={value[name]}
      onChange={(given) => set(name, given)}
    />
  );
  const ends = (name: 'temperature' | 'topP') => {
    const { min, max } = boundsOf(name, model);
    return { min, max };
  };
  const scale = model && model.temperatureMax < boundsOf('temperature', null).max;
  return (
    <div className="@container">
      <div className="grid gap-x-4 gap-y-5 @md:grid-cols-2">
        {number(
          'temperature',
          scale
            ? t('scale', { model: model.name, ...ends('temperature') })
            : t('hint.temperature', ends('temperature')),
        )}
        {number('maxTokens', t('hint.maxTokens'))}
        {number('topP', t('hint.topP', ends('topP')))}
        {number('seed', t('hint.seed'))}
        <Stops
          value={value.stop}
          hint={hintOf('stop', t('hint.stop'))}
          placeholder={inherited.stop ?? t('unset')}
          onChange={(stops) => set('stop', stops)}
        />
        <SelectField
          label={t('name.reasoningEffort')}
          hint={hintOf('reasoningEffort', t('hint.reasoningEffort'))}
          value={value.reasoningEffort ?? ''}
          onChange={({ target }) =>
            set(
              'reasoningEffort',
              EFFORTS.find((effort) => effort === target.value),
            )
          }
        >
          <option value="">{inherited.reasoningEffort ?? t('unset')}</option>
          {EFFORTS.map((effort) => (
            <option key={effort} value={effort}>
              {t(`effort.${effort}`)}
            </option>
          ))}
        </SelectField>
      </div>
    </div>
  );
}

type StopsProps = {
  value: readonly string[] | undefined;
  hint: ReactNode;
  placeholder: string;
  onChange: (stops: string[] | undefined) => void;
};

/** Texts to stop at, a line for each; empty lines stay while they are being typed. */
function Stops({ value = [], hint, placeholder, onChange }: StopsProps) {
  const t = useTranslations('parameters');
  const [typed, setTyped] = useState('');
  const known = stopsToText(value);
  const text = stopsToText(textToStops(typed)) === known ? typed : known;
  const wrong = value.length > STOPS_MAX || value.some((stop) => stop.length > STOP_MAX);
  return (
    <TextArea
      label={t('name.stop')}
      hint={hint}
      error={wrong && t('wrongStop', { count: STOPS_MAX, characters: STOP_MAX })}
      placeholder={placeholder}
      rows={2}
      value={text}
      onChange={({ target }) => {
        setTyped(target.value);
        const stops = textToStops(target.value);
        onChange(stops.length > 0 ? stops : undefined);
      }}
      className="font-code"
    />
  );
}
