import { ChevronDown } from 'lucide-react';
import { useId } from 'react';
import { useTranslations } from 'use-intl';
import type { Origin as From, Layer } from '#features/settings/rules.ts';
import { ClearButton, Origin } from '#features/settings/web/index.ts';
import { cx } from '#web/ui/classes.ts';
import { INPUT } from '#web/ui/field.tsx';
import { HealthDot } from '../health-dot.tsx';
import { ModelPopover } from '../model-popover.tsx';
import { useModels } from '../use-models.ts';

type ModelRowProps = {
  layer: Layer;
  /** What the layer says itself. */
  own: string | undefined;
  /** What will be used where it says nothing; null: not known. */
  below: { value: string | null; from: From } | null;
  reads: boolean;
  /** Undefined: the layers below are to say it. */
  onChoose: (modelId: string | undefined) => void;
};

/** Which model answers, who says so, and the choice of another one. */
export function ModelRow({ layer, own, below, reads, onChoose }: ModelRowProps) {
  const t = useTranslations('modelRow');
  const id = useId();
  const { data: models } = useModels();
  const modelId = own ?? below?.value ?? null;
  const model = models?.find((one) => one.id === modelId);
  const name = model?.name ?? modelId ?? t('unset');
  const gone = own !== undefined && models !== undefined && !model;
  return (
    <div className="flex flex-col gap-1.5">
      <span id={id} className="text-sm font-medium">
        {t('label')}
      </span>
      {reads ? (
        <span className="text-sm" dir="auto">
          {name}
        </span>
      ) : (
        <ModelPopover
          label={t('choose')}
          align="start"
          current={modelId}
          onChoose={onChoose}
          trigger={
            <button
              type="button"
              aria-label={`${t('label')}: ${name}`}
              aria-describedby={`${id}-note`}
              className={cx(INPUT, 'flex h-11 items-center gap-2 text-left sm:h-10')}
            >
              {model && <HealthDot health={model.health} />}
              <span className={cx('min-w-0 flex-1 truncate', own === undefined && 'text-muted')}>{name}</span>
              <ChevronDown size={16} className="shrink-0 text-muted" aria-hidden />
            </button>
          }
        />
      )}
      <p id={`${id}-note`} className="flex flex-wrap items-center gap-1 text-note text-muted empty:hidden">
        {own !== undefined ? <Origin from={layer} own /> : below && <Origin from={below.from} />}
        {own !== undefined && !reads && <ClearButton name={t('label')} onClear={() => onChoose(undefined)} />}
        {gone && <span className="text-danger">{t('gone')}</span>}
      </p>
    </div>
  );
}
