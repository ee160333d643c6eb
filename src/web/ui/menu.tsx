/** A menu that hangs from a button. What draws it is fetched when it is first reached for. */
import { Slot } from 'radix-ui';
import { lazy, type ReactElement, type ReactNode, Suspense, useState } from 'react';

const MenuLayer = lazy(() => import('./menu-layer.tsx'));

/** A line to choose, or a line between groups. */
export type MenuEntry =
  | { icon: ReactNode; label: string; run: () => void; danger?: boolean }
  | 'line'
  | { note: string };

export type MenuProps = {
  /** The button that opens it. */
  trigger: ReactElement;
  entries: readonly MenuEntry[];
  align?: 'start' | 'end';
  side?: 'top' | 'bottom';
  className?: string;
};

export function Menu(props: MenuProps) {
  // Swapped on a click only: on hover, the swap could come between a press and its click.
  const [wanted, setWanted] = useState(false);
  const plain = (
    <Slot.Root
      aria-haspopup="menu"
      aria-expanded={false}
      onPointerEnter={() => void import('./menu-layer.tsx')}
      onFocus={() => void import('./menu-layer.tsx')}
      onClick={() => setWanted(true)}
    >
      {props.trigger}
    </Slot.Root>
  );
  if (!wanted) return plain;
  return (
    <Suspense fallback={plain}>
      <MenuLayer {...props} />
    </Suspense>
  );
}
