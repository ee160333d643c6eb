/** A small surface that hangs from a button. What draws it is fetched when it is first reached for. */
import { Slot } from 'radix-ui';
import { lazy, type ReactElement, type ReactNode, Suspense, useState } from 'react';

const PopoverLayer = lazy(() => import('./popover-layer.tsx'));

/** How everything that floats looks. */
export const LAYER =
  'z-50 animate-rise rounded-medium border border-hairline bg-surface text-sm shadow-float focus:outline-none';

export type PopoverProps = {
  /** The button that opens it. */
  trigger: ReactElement;
  /** What is on it; `close` puts it away. */
  children: (close: () => void) => ReactNode;
  align?: 'start' | 'end';
  className?: string;
};

export function Popover(props: PopoverProps) {
  const [wanted, setWanted] = useState<'no' | 'near' | 'open'>('no');
  const plain = (
    <Slot.Root
      aria-haspopup="dialog"
      aria-expanded={false}
      onPointerEnter={() => setWanted('near')}
      onFocus={() => void import('./popover-layer.tsx')}
      onClick={() => setWanted('open')}
    >
      {props.trigger}
    </Slot.Root>
  );
  if (wanted === 'no') return plain;
  return (
    <Suspense fallback={plain}>
      <PopoverLayer {...props} openAtOnce={wanted === 'open'} />
    </Suspense>
  );
}
