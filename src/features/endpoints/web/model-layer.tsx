import { Suspense, useState } from 'react';
import { FetchedPart } from '#web/i18n/fetched-part.tsx';
import type { LayerProps } from '#web/ui/fetched-layer.tsx';
import PopoverLayer, { type PopoverProps } from '#web/ui/popover-layer.tsx';
import { later } from './later-words.ts';
import { ModelOptions } from './model-options.tsx';

/** What the list of models hangs from, and what becomes of a choice. */
export type ModelLayerProps = Pick<PopoverProps, 'label' | 'align'> & {
  current: string | null;
  onChoose: (id: string) => void;
  /** The chat whose next message may go to several; null: the one that is not there yet. Missing: one is to be chosen. */
  several?: string | null;
};

const SEVERAL = { fetch: () => import('./several-models.tsx'), words: [later] };

/** The list of models, hanging from a button; fetched when that is first reached for. */
export default function ModelLayer({ current, onChoose, several, ...layer }: ModelLayerProps & LayerProps) {
  return (
    <PopoverLayer {...layer} className="w-80">
      {(close) => (
        <Choice
          current={current}
          several={several}
          close={close}
          onChoose={(id) => {
            close();
            onChoose(id);
          }}
        />
      )}
    </PopoverLayer>
  );
}

type ChoiceProps = Pick<ModelLayerProps, 'current' | 'onChoose'> & {
  several: string | null | undefined;
  close: () => void;
};

/** Of one model, or where that is offered of several. */
function Choice({ current, onChoose, several, close }: ChoiceProps) {
  const [comparing, setComparing] = useState(false);
  const offer = several !== undefined && (
    <Suspense fallback={<div className="h-11" />}>
      <FetchedPart
        part={SEVERAL}
        give={{ chatId: several, current, open: comparing, onOpen: setComparing, onDone: close }}
      />
    </Suspense>
  );
  return (
    <>
      {!comparing && <ModelOptions chosen={current ? [current] : []} onChoose={onChoose} />}
      {offer}
    </>
  );
}
