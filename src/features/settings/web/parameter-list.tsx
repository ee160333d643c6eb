import { useTranslations } from 'use-intl';
import { type Origin as From, type Layer, PARAMETER_NAMES, type ParameterName } from '../rules.ts';
import type { Parameters } from '../settings.ts';
import { Origin } from './origin.tsx';
import { useParameterValue } from './use-parameter-value.ts';

type ParameterListProps = {
  layer: Layer;
  own: Parameters;
  /** What the layers below say; null: not known. */
  below: (name: ParameterName) => { value: Parameters[ParameterName] | null; from: From } | null;
};

/** The parameters, for who may only look. */
export function ParameterList({ layer, own, below }: ParameterListProps) {
  const t = useTranslations('parameters');
  const say = useParameterValue();
  return (
    <dl className="flex flex-col gap-2.5">
      {PARAMETER_NAMES.map((name) => {
        const set = own[name];
        const { value, from } = set === undefined ? (below(name) ?? {}) : { value: set, from: layer };
        return (
          <div key={name} className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 text-sm">
            <dt className="text-muted">{t(`name.${name}`)}</dt>
            <dd className="flex flex-wrap items-center gap-2">
              <span dir="auto">{value != null ? say(name, value) : from ? t('modelsOwn') : t('unset')}</span>
              {from && <Origin from={from} own={set !== undefined} />}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
