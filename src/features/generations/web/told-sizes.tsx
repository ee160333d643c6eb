import { useFormatter, useTranslations } from 'use-intl';
import type { ToldContext } from '../told-context.ts';

/** How much was sent, of how much the model reads; with which settings. */
export function ToldSizes({ told }: { told: ToldContext }) {
  const t = useTranslations('told');
  const format = useFormatter();
  const { tokens, window, windowAssumed, model, parameters, omittedCount } = told;
  const share = Math.min(1, tokens / window);
  const settings = Object.entries(parameters).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  return (
    <div className="flex flex-col gap-2 text-sm">
      <p className="font-medium wrap-anywhere">{model}</p>
      {settings.length > 0 && (
        <p className="font-code text-note text-muted wrap-anywhere">{settings.join(' · ')}</p>
      )}
      <div className="h-1.5 overflow-hidden rounded-full bg-track forced-colors:border" aria-hidden="true">
        <div className="h-full rounded-full bg-accent" style={{ width: `${share * 100}%` }} />
      </div>
      <p className="text-note text-pretty text-muted tabular-nums">
        {t('size', { tokens, window, percent: format.number(share, { style: 'percent' }) })}{' '}
        {windowAssumed && t('assumed')}
      </p>
      {omittedCount > 0 && (
        <p className="text-note text-pretty text-muted">{t('why', { count: omittedCount })}</p>
      )}
    </div>
  );
}
