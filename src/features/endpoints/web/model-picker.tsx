import { ChevronDown } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useChosenModel } from './chosen-model.ts';
import { HealthDot } from './health-dot.tsx';
import { ModelPopover } from './model-popover.tsx';

/** Shows which model answers next, and lets another one be chosen. */
export function ModelPicker({ chatId, lastModelId }: { chatId: string | null; lastModelId: string | null }) {
  const t = useTranslations('models');
  const [model, choose] = useChosenModel(chatId, lastModelId);
  return (
    <ModelPopover
      label={t('choose')}
      current={model?.id ?? null}
      onChoose={choose}
      several={chatId}
      trigger={
        <button
          type="button"
          aria-label={model ? t('current', { name: model.name }) : t('choose')}
          className="flex h-9 max-w-[46vw] min-w-0 items-center gap-2 rounded-medium px-2.5 text-sm text-muted transition-colors hover:bg-hover hover:text-text data-[state=open]:bg-hover sm:max-w-72 touch:h-11"
        >
          {model && <HealthDot health={model.health} />}
          <span className="truncate">{model ? model.name : t('choose')}</span>
          <ChevronDown size={16} className="shrink-0" aria-hidden />
        </button>
      }
    />
  );
}
