import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { cx } from './classes.ts';
import type { MenuEntry, MenuProps } from './menu.tsx';
import { LAYER } from './popover.tsx';

/** The menu itself, with its keys: arrows move, letters jump, Enter chooses, Escape closes. */
export default function MenuLayer(props: MenuProps) {
  const { trigger, entries, align = 'end', side = 'bottom', className } = props;
  const [open, setOpen] = useState(true);
  return (
    <DropdownMenu.Root modal={false} open={open} onOpenChange={setOpen}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className={cx(LAYER, 'min-w-48 p-1', className)}
        >
          {entries.map((entry, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the entries of a menu are fixed while it is open
            <Entry key={index} entry={entry} />
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function Entry({ entry }: { entry: MenuEntry }) {
  if (entry === 'line') return <DropdownMenu.Separator className="mx-1 my-1 h-px bg-hairline" />;
  if ('note' in entry)
    return (
      <DropdownMenu.Label className="truncate px-2.5 py-1.5 text-xs text-muted">
        {entry.note}
      </DropdownMenu.Label>
    );
  const { icon, label, run, danger } = entry;
  return (
    <DropdownMenu.Item
      onSelect={run}
      className={cx(
        'flex h-9 cursor-pointer items-center gap-2.5 rounded-small px-2.5 outline-none select-none touch:h-11',
        danger ? 'text-danger data-highlighted:bg-danger-soft' : 'data-highlighted:bg-hover',
      )}
    >
      <span className={cx('shrink-0', !danger && 'text-muted')}>{icon}</span>
      {label}
    </DropdownMenu.Item>
  );
}
