import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { MOST_COMPARED } from '#features/messages/rules.ts';
import { Button } from '#web/ui/button.tsx';
import { ModelOptions } from './model-options.tsx';
import { pickNextModels, useNextModels } from './next-models.ts';

type PickModelsProps = {
  /** null: the chat that begins. */
  chatId: string | null;
  /** The model that would answer otherwise; null: nobody says. */
  current: string | null;
  onDone: () => void;
};

/** Picks the models that answer the next message side by side. */
export function PickModels({ chatId, current, onDone }: PickModelsProps) {
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
