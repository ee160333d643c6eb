import { useTranslations } from 'use-intl';
import { useSaid } from '#web/i18n/use-said.ts';
import { cx } from '#web/ui/classes.ts';
import type { Health } from '../endpoints.ts';

const DOTS = {
  up: 'bg-well',
  loading: 'bg-idle animate-breathe',
  down: 'bg-down',
  unknown: 'bg-idle',
} as const;

/** How an endpoint is, as a dot with a name. */
export function HealthDot({ health }: { health: Health }) {
  const t = useTranslations('models');
  const said = useSaid();
  const label = t(`health.${health.status}`);
  return (
    <span
      role="img"
      aria-label={label}
      title={(health.detail && said(health)) || label}
      className={cx('size-2 shrink-0 rounded-full', DOTS[health.status])}
    />
  );
}
