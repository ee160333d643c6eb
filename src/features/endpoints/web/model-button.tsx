import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { useTranslations } from 'use-intl';
import type { Model } from '../endpoints.ts';
import { HealthDot } from './health-dot.tsx';

/** Shows which model answers next; the list of all of them hangs from it. */
export function ModelButton({ model, ...rest }: ComponentProps<'button'> & { model: Model | null }) {
  const t = useTranslations('models');
  return (
    <button
      type="button"
      aria-label={model ? t('current', { name: model.name }) : t('choose')}
      className="flex h-9 max-w-[46vw] min-w-0 items-center gap-2 rounded-medium px-2.5 text-sm text-muted transition-colors hover:bg-hover hover:text-text data-[state=open]:bg-hover sm:max-w-72 touch:h-11"
      {...rest}
    >
      {model && <HealthDot health={model.health} />}
      <span className="truncate">{model ? model.name : t('choose')}</span>
      <ChevronDown size={16} className="shrink-0 max-sm:hidden" aria-hidden />
    </button>
  );
}
