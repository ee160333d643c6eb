import { Slot } from 'radix-ui';
import { type ReactElement, type ReactNode, Suspense, useState } from 'react';

type FetchedLayerProps = {
  /** The button that opens it. */
  trigger: ReactElement;
  kind: 'menu' | 'dialog';
  /** Fetches what draws the layer; asked more than once. */
  fetch: () => Promise<unknown>;
  /** The layer, open, with the same button. */
  children: ReactNode;
};

/** A button whose layer is fetched when it is first reached for, so that the page begins without it. */
export function FetchedLayer({ trigger, kind, fetch, children }: FetchedLayerProps) {
  // Swapped on a click only: on hover, the swap could come between a press and its click.
  const [wanted, setWanted] = useState(false);
  const plain = (
    <Slot.Root
      aria-haspopup={kind}
      aria-expanded={false}
      onPointerEnter={() => void fetch()}
      onFocus={() => void fetch()}
      onClick={() => setWanted(true)}
    >
      {trigger}
    </Slot.Root>
  );
  if (!wanted) return plain;
  return <Suspense fallback={plain}>{children}</Suspense>;
}
