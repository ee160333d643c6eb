import { useTranslations } from 'use-intl';
import { useSaid } from '#web/i18n/use-said.ts';
import { cx } from '#web/ui/classes.ts';
import type { Health } from '../endpoints.ts';

/** Told apart by shape as well as by colour: full, open, pointed. */
const DOTS = {
  up: 'rounded-full bg-well',
  loading: 'animate-breathe rounded-full border-2 border-idle',
  down: 'rotate-45 rounded-[1px] bg-down',
  unknown: 'rounded-full border-2 border-idle',
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
      className={cx('size-2 shrink-0', DOTS[health.status])}
    />
  );
}
