import { ChevronDown, X } from 'lucide-react';
import { useId } from 'react';
import { useTranslations } from 'use-intl';
import { ModelPopover, useModels } from '#features/endpoints/web/index.ts';
import { IconButton } from '#web/ui/button.tsx';
import { cx } from '#web/ui/classes.ts';
import { INPUT } from '#web/ui/field.tsx';

type ModelFieldProps = { value: string | null; onChange: (modelId: string | null) => void };

/** Which model answers for an agent; none: the chat's. */
export function ModelField({ value, onChange }: ModelFieldProps) {
  const t = useTranslations('agent');
  const id = useId();
  const { data: models } = useModels();
  const model = models?.find((one) => one.id === value);
  const gone = value !== null && models !== undefined && !model;
  return (
    <div className="flex flex-col gap-1.5">
      <span id={id} className="text-sm font-medium">
        {t('model')}
      </span>
      <div className="flex items-center gap-1">
        <ModelPopover
          label={t('model')}
          align="start"
          current={value}
          onChoose={onChange}
          trigger={
            <button
              type="button"
              aria-labelledby={`${id} ${id}-value`}
              aria-describedby={`${id}-note`}
              className={cx(INPUT, 'flex h-11 min-w-0 items-center gap-2 text-left sm:h-10')}
            >
              <span
                id={`${id}-value`}
                className={cx('min-w-0 flex-1 truncate', value === null && 'text-muted')}
              >
                {model?.name ?? value ?? t('noModel')}
              </span>
              <ChevronDown size={16} className="shrink-0 text-muted" aria-hidden />
            </button>
          }
        />
        {value !== null && (
          <IconButton label={t('clearModel')} onClick={() => onChange(null)}>
            <X size={16} />
          </IconButton>
        )}
      </div>
      <p id={`${id}-note`} className={cx('text-note', gone ? 'text-danger' : 'text-muted')}>
        {gone ? t('modelGone') : t('modelHint')}
      </p>
    </div>
  );
}
