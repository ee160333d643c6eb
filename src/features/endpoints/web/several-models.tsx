import { ChevronLeft, Columns2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { MOST_COMPARED } from '#features/messages/rules.ts';
import { Button, IconButton } from '#web/ui/button.tsx';
import { ModelOptions } from './model-options.tsx';
import { pickNextModels, useNextModels } from './next-models.ts';
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

/** Picks the models that answer the next message side by side. */
function Picking({ chatId, current, onBack, onDone }: PickingProps) {
  const t = useTranslations('compareModels');
  const picked = useNextModels((all) => all[chatId ?? '']);
  const [chosen, setChosen] = useState<readonly string[]>(picked ?? (current ? [current] : []));
  const toggle = (id: string) => {
    if (chosen.includes(id)) setChosen(chosen.filter((other) => other !== id));
    else if (chosen.length < MOST_COMPARED) setChosen([...chosen, id]);
  };
  const done = () => {
    pickNextModels(chatId, chosen);
    onDone();
    // What is asked for next is written there, and the layer gives the focus back before this.
    setTimeout(() => document.querySelector<HTMLElement>('[data-composer]')?.focus(), 50);
  };
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
      <ModelOptions chosen={chosen} several onChoose={toggle} />
      <div className="flex items-center justify-between gap-2 border-t border-hairline p-2 pl-3.5">
        <p role="status" className="text-note text-muted tabular-nums">
          {t('chosen', { count: chosen.length, most: MOST_COMPARED })}
        </p>
        <Button small look="primary" disabled={chosen.length < 2} onClick={done}>
          {t('done')}
        </Button>
      </div>
    </>
  );
}
