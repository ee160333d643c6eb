import { Popover } from 'radix-ui';
import { useState } from 'react';
import { cx } from './classes.ts';
import { LAYER, type PopoverProps } from './popover.tsx';

export default function PopoverLayer(props: PopoverProps & { openAtOnce: boolean }) {
  const { trigger, children, align = 'end', className, openAtOnce } = props;
  const [open, setOpen] = useState(openAtOnce);
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
