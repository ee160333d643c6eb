import { useFormatter, useTranslations } from 'use-intl';
import { openPanel } from '#web/ui/windows.ts';
import type { Fill } from './fill.ts';

/** Around a circle of this radius, in its own units. */
const RADIUS = 6;
const LENGTH = 2 * Math.PI * RADIUS;

/** How full the model's window is, as a ring beside the figure; opens what was sent last. */
export default function ContextMeter({ fill }: { fill: Fill }) {
  const t = useTranslations('told');
  const format = useFormatter();
  const share = Math.min(1, fill.tokens / fill.window);
  const percent = format.number(share, { style: 'percent' });
  const label = t(fill.omitted > 0 ? 'meterFull' : 'meter', {
    percent,
    tokens: fill.tokens,
    window: fill.window,
  });
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={() => openPanel('told', fill.messageId)}
      className="flex h-8 shrink-0 items-center gap-1.5 rounded-medium px-2 text-note text-muted tabular-nums transition-colors hover:bg-hover hover:text-text touch:h-11"
    >
      <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" className="-rotate-90">
        <circle cx="8" cy="8" r={RADIUS} fill="none" strokeWidth="2.5" className="stroke-hairline" />
        <circle
          cx="8"
          cy="8"
          r={RADIUS}
          fill="none"
          strokeWidth="2.5"
          strokeDasharray={`${share * LENGTH} ${LENGTH}`}
          className="stroke-accent"
        />
      </svg>
      <span className="max-sm:sr-only">{percent}</span>
    </button>
  );
}
