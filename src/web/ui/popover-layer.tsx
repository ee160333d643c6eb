import { Popover } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import type { LayerProps } from './fetched-layer.tsx';
import { Floating } from './floating.tsx';

// These two alone: with the whole family at hand, the parts that nobody uses would be fetched as well.
const PARTS = { Portal: Popover.Portal, Content: Popover.Content };

export type PopoverProps = {
  /** What it is called by those who do not see where it hangs. */
  label: string;
  /** What is on it; `close` puts it away. */
  children: (close: () => void) => ReactNode;
  align?: 'start' | 'end';
  className?: string;
};

export default function PopoverLayer({
  trigger,
  byKeys: _,
  children,
  ...surface
}: PopoverProps & LayerProps) {
  const [open, setOpen] = useState(true);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>{trigger}</Popover.Trigger>
      <Floating parts={PARTS} {...surface}>
        {children(() => setOpen(false))}
      </Floating>
    </Popover.Root>
  );
}
