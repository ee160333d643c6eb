import { useTranslations } from 'use-intl';
import { cx } from '#web/ui/classes.ts';
import type { Origin as From } from '../rules.ts';

type OriginProps = {
  from: From;
  /** The layer that is looked at says it itself. */
  own?: boolean;
  /** The value, where it is not shown beside. */
  value?: string | undefined;
};

/** Says by a small chip where a value comes from. */
export function Origin({ from, own = false, value }: OriginProps) {
  const t = useTranslations('origins');
  const said = own ? t(`own.${from}`) : t(`from.${from}`);
  return (
    <span
      className={cx(
        'inline-flex max-w-full min-h-6 items-center rounded-full px-2.5 text-xs',
        own ? 'bg-accent-soft font-medium text-accent' : 'bg-hover text-muted',
      )}
      data-origin={from}
    >
      {value === undefined ? said : t('valueFrom', { value, from: said })}
    </span>
  );
}
