import { Popover } from 'radix-ui';
import { useState } from 'react';
import { cx } from './classes.ts';
import { LAYER, type PopoverProps } from './popover.tsx';

export default function PopoverLayer(props: PopoverProps) {
  const { trigger, children, align = 'end', className } = props;
  const [open, setOpen] = useState(true);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>{trigger}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content align={align} sideOffset={6} collisionPadding={8} className={cx(LAYER, className)}>
          {children(() => setOpen(false))}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
