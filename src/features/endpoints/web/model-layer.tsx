import type { LayerProps } from '#web/ui/fetched-layer.tsx';
import PopoverLayer, { type PopoverProps } from '#web/ui/popover-layer.tsx';
import { ModelOptions } from './model-options.tsx';

/** What the list of models hangs from, and what becomes of a choice. */
export type ModelLayerProps = Pick<PopoverProps, 'label' | 'align'> & {
  current: string | null;
  onChoose: (id: string) => void;
};

/** The list of models, hanging from a button; fetched when that is first reached for. */
export default function ModelLayer({ current, onChoose, ...layer }: ModelLayerProps & LayerProps) {
  return (
    <PopoverLayer {...layer} className="w-80">
      {(close) => (
        <ModelOptions
          current={current}
          onChoose={(id) => {
            close();
            onChoose(id);
          }}
        />
      )}
    </PopoverLayer>
  );
}
