import { Columns2, X } from 'lucide-react';
import { useEffect } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { pickNextModels, useModels } from '#features/endpoints/web/index.ts';
import { IconButton } from '#web/ui/button.tsx';
import { nameModels } from './model-names.ts';

type NextModelsNoteProps = { chatId: string | null; modelIds: readonly string[] };

/** Says above the composer which models the next message goes to, and lets that be. */
export default function NextModelsNote({ chatId, modelIds }: NextModelsNoteProps) {
  const t = useTranslations('compare');
  const format = useFormatter();
  const { data: models } = useModels();
  const names = format.list(nameModels(modelIds, models ?? []));
  useEffect(() => {
    // Their replies come soon: what draws them is to be there before.
    void import('./compared-reply.tsx').catch(() => {});
  }, []);
  const letBe = () => {
    pickNextModels(chatId);
    document.querySelector<HTMLElement>('[data-composer]')?.focus();
  };
  return (
    <div className="mx-auto w-full max-w-(--measure) shrink-0 animate-rise px-3 pb-2 sm:px-6">
      <div className="flex items-center gap-2.5 rounded-medium border border-hairline bg-surface py-1 pr-1 pl-3 text-sm">
        <Columns2 size={15} className="shrink-0 text-muted" aria-hidden />
        <span role="status" className="min-w-0 flex-1">
          {t('next', { names })}
        </span>
        <IconButton label={t('letBe')} small onClick={letBe}>
          <X size={16} />
        </IconButton>
      </div>
    </div>
  );
}
