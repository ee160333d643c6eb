import { Suspense } from 'react';
import { later } from '#features/settings/web/index.ts';
import { FetchedPart } from '#web/i18n/fetched-part.tsx';
import type { LayerProps } from '#web/ui/fetched-layer.tsx';
import PopoverLayer, { type PopoverProps } from '#web/ui/popover-layer.tsx';
import { ModelOptions } from './model-options.tsx';
import type { OriginNoteProps } from './model-origin.tsx';

/** What the list of models hangs from, and what becomes of a choice. */
export type ModelLayerProps = Pick<PopoverProps, 'label' | 'align'> & {
  current: string | null;
  onChoose: (id: string) => void;
  /** Who says which model it is, and the ways on from there; missing: nobody is to be named. */
  note?: OriginNoteProps;
};

const NOTE = { fetch: () => import('./model-origin.tsx'), words: [later] };

/** The list of models, hanging from a button; fetched when that is first reached for. */
export default function ModelLayer({ current, onChoose, note, ...layer }: ModelLayerProps & LayerProps) {
  return (
    <PopoverLayer {...layer} className="w-80">
      {(close) => (
        <>
          <ModelOptions
            current={current}
            onChoose={(id) => {
              close();
              onChoose(id);
            }}
          />
          {note && (
            <Suspense>
              <FetchedPart part={NOTE} give={{ ...note, close }} />
            </Suspense>
          )}
        </>
      )}
    </PopoverLayer>
  );
}
