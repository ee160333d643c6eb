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
  // Swapped on a click only: on hover, the swap could come between a press and its click.
  const [wanted, setWanted] = useState(false);
  const plain = (
    <Slot.Root
      aria-haspopup="dialog"
      aria-expanded={false}
      onPointerEnter={() => void import('./popover-layer.tsx')}
      onFocus={() => void import('./popover-layer.tsx')}
      onClick={() => setWanted(true)}
    >
      {props.trigger}
    </Slot.Root>
  );
  if (!wanted) return plain;
  return (
    <Suspense fallback={plain}>
      <PopoverLayer {...props} />
    </Suspense>
  );
}
