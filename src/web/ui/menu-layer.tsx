import { DropdownMenu } from 'radix-ui';
import { type ReactNode, useRef, useState } from 'react';
import { cx } from './classes.ts';
import type { LayerProps } from './fetched-layer.tsx';
import { Floating } from './floating.tsx';

// These two alone: with the whole family at hand, the parts that nobody uses would be fetched as well.
const PARTS = { Portal: DropdownMenu.Portal, Content: DropdownMenu.Content };

/** A line to choose, or a line between groups. */
export type MenuEntry =
  | { icon: ReactNode; label: string; run: () => void; danger?: boolean }
  | 'line'
  | { note: string };

export type MenuProps = {
  entries: readonly MenuEntry[];
  align?: 'start' | 'end';
  side?: 'top' | 'bottom';
  className?: string;
  /** It has closed; what was chosen runs after this. */
  onClosed?: () => void;
};

/**
 * The menu itself, with its keys: arrows move, letters jump, Enter chooses, Escape closes. What was chosen runs once the button
 * has the focus again: a field or window that it opens would lose the focus at once, and not know where to give it back.
 */
export default function MenuLayer({
  trigger,
  byKeys,
  entries,
  className,
  onClosed,
  ...place
}: MenuProps & LayerProps) {
  const [open, setOpen] = useState(true);
  const chosen = useRef<() => void>(null);
  const toFirst = useRef(byKeys);
  // It does so itself when it is opened again; the keys that opened it first were pressed before it was there.
  const onFocused = (menu: HTMLElement) => {
    if (toFirst.current) menu.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
    toFirst.current = false;
  };
  const runChosen = () => {
    if (chosen.current) queueMicrotask(chosen.current);
    chosen.current = null;
    onClosed?.();
  };
  return (
    <DropdownMenu.Root modal={false} open={open} onOpenChange={setOpen}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <Floating
        parts={PARTS}
        {...place}
        className={cx('min-w-[min(12rem,100vw-1rem)] p-1', className)}
        onFocused={onFocused}
        onClosed={runChosen}
      >
        {entries.map((entry, index) => (
          <Entry
            // biome-ignore lint/suspicious/noArrayIndexKey: the entries of a menu are fixed while it is open
            key={index}
            entry={entry}
            onChoose={(run) => {
              chosen.current = run;
            }}
          />
        ))}
      </Floating>
    </DropdownMenu.Root>
  );
}

function Entry({ entry, onChoose }: { entry: MenuEntry; onChoose: (run: () => void) => void }) {
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
      onSelect={() => onChoose(run)}
      className={cx(
        'flex min-h-9 cursor-pointer items-center gap-2.5 rounded-small px-2.5 outline-none select-none touch:min-h-11',
        danger ? 'text-danger data-highlighted:bg-danger-soft' : 'data-highlighted:bg-hover',
      )}
    >
      <span className={cx('shrink-0', !danger && 'text-muted')}>{icon}</span>
      {label}
    </DropdownMenu.Item>
  );
}
