import { Suspense, useState } from 'react';
import { later as settings } from '#features/settings/web/index.ts';
import { FetchedPart, LaterPart } from '#web/i18n/fetched-part.tsx';
import type { LayerProps } from '#web/ui/fetched-layer.tsx';
import PopoverLayer, { type PopoverProps } from '#web/ui/popover-layer.tsx';
import { later } from './later-words.ts';
import { ModelOptions } from './model-options.tsx';
import type { OriginNoteProps } from './model-origin.tsx';

/** What the list of models hangs from, and what becomes of a choice. */
export type ModelLayerProps = Pick<PopoverProps, 'label' | 'align'> & {
  current: string | null;
  onChoose: (id: string) => void;
  /** Who says which model it is, and the ways on from there; missing: nobody is to be named. */
  note?: OriginNoteProps;
  /** The chat whose next message may go to several; null: the one that is not there yet. Missing: one is to be chosen. */
  several?: string | null;
};

const NOTE = { fetch: () => import('./model-origin.tsx'), words: [settings] };
const SEVERAL = { fetch: () => import('./several-models.tsx'), words: [later] };

/** The list of models, hanging from a button; fetched when that is first reached for. */
export default function ModelLayer({
  current,
  onChoose,
  note,
  several,
  ...layer
}: ModelLayerProps & LayerProps) {
  return (
    <PopoverLayer {...layer} className="w-80">
      {(close) => (
        <Choice
          current={current}
          note={note}
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
  note: OriginNoteProps | undefined;
  several: string | null | undefined;
  close: () => void;
};

/** Of one model, or where that is offered of several. */
function Choice({ current, onChoose, note, several, close }: ChoiceProps) {
  const [comparing, setComparing] = useState(false);
  return (
    <>
      {!comparing && <ModelOptions chosen={current ? [current] : []} onChoose={onChoose} />}
      {several !== undefined && (
        <Suspense fallback={<div className="h-11" />}>
          <FetchedPart
            part={SEVERAL}
            give={{ chatId: several, current, open: comparing, onOpen: setComparing, onDone: close }}
          />
        </Suspense>
      )}
      {!comparing && note && <LaterPart part={NOTE} give={{ ...note, close }} />}
    </>
  );
}
