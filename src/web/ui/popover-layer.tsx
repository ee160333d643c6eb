import { Popover } from 'radix-ui';
import { type ReactElement, type ReactNode, useState } from 'react';
import { Floating } from './floating.tsx';

// These two alone: with the whole family at hand, the parts that nobody uses would be fetched as well.
const PARTS = { Portal: Popover.Portal, Content: Popover.Content };

export type PopoverProps = {
  /** The button that opens it. */
  trigger: ReactElement;
  /** What is on it; `close` puts it away. */
  children: (close: () => void) => ReactNode;
  align?: 'start' | 'end';
  className?: string;
};

export default function PopoverLayer({ trigger, children, ...surface }: PopoverProps) {
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
