import { ChevronLeft, Columns2 } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { IconButton } from '#web/ui/button.tsx';
import { PickModels } from './pick-models.tsx';
import { useModels } from './use-models.ts';

type SeveralModelsProps = {
  chatId: string | null;
  /** The model that would answer otherwise. */
  current: string | null;
  /** They are being picked; else there is the way to that. */
  open: boolean;
  onOpen: (open: boolean) => void;
  onDone: () => void;
};

/** Below the list of models the way to picking several, which takes its place. */
export default function SeveralModels({ open, onOpen, ...picking }: SeveralModelsProps) {
  const t = useTranslations('compareModels');
  const { data: models } = useModels();
  if (open) return <Picking {...picking} onBack={() => onOpen(false)} />;
  if (!models || models.length < 2) return null;
  return (
    <div className="border-t border-hairline p-1">
      <button
        type="button"
        onClick={() => onOpen(true)}
        className="flex min-h-9 w-full items-center gap-2.5 rounded-small px-2.5 text-left text-sm hover:bg-hover touch:min-h-11"
      >
        <Columns2 size={16} className="shrink-0 text-muted" aria-hidden />
        {t('open')}
      </button>
    </div>
  );
}

type PickingProps = Pick<SeveralModelsProps, 'chatId' | 'current' | 'onDone'> & { onBack: () => void };

/** Picking them, in the place of the list that one model is chosen from. */
function Picking({ onBack, ...picking }: PickingProps) {
  const t = useTranslations('compareModels');
  return (
    <>
      <div className="flex items-center gap-1 px-1.5 pt-1.5 pb-1">
        <IconButton label={t('back')} small onClick={onBack}>
          <ChevronLeft size={16} />
        </IconButton>
        <div className="min-w-0">
          <p className="text-sm font-medium">{t('title')}</p>
          <p className="text-xs text-pretty text-muted">{t('text')}</p>
        </div>
      </div>
      <PickModels {...picking} />
    </>
  );
}
