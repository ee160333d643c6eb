import { Columns2 } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useModels } from './use-models.ts';

/** Leads from the list of models to choosing several, where there are several. */
export default function SeveralDoor({ onOpen }: { onOpen: () => void }) {
  const t = useTranslations('compareModels');
  const { data: models } = useModels();
  if (!models || models.length < 2) return null;
  return (
    <div className="border-t border-hairline p-1">
      <button
        type="button"
        onClick={onOpen}
        className="flex min-h-9 w-full items-center gap-2.5 rounded-small px-2.5 text-left text-sm hover:bg-hover touch:min-h-11"
      >
        <Columns2 size={16} className="shrink-0 text-muted" aria-hidden />
        {t('open')}
      </button>
    </div>
  );
}
