import { DropdownMenu as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cx } from './classes.ts';

export const MENU_SURFACE =
  'z-50 min-w-48 animate-rise rounded-medium border border-hairline bg-surface p-1 text-sm shadow-float focus:outline-none';

type MenuProps = {
  /** The button that opens it. */
  trigger: ReactNode;
  children: ReactNode;
  align?: 'start' | 'end';
  side?: 'top' | 'bottom';
  className?: string;
  onOpenChange?: (open: boolean) => void;
};

/** A menu that hangs from a button. */
export function Menu({
  trigger,
  children,
  align = 'end',
  side = 'bottom',
  className,
  onOpenChange,
}: MenuProps) {
  return (
    <Radix.Root modal={false} {...(onOpenChange && { onOpenChange })}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className={cx(MENU_SURFACE, className)}
          onClick={(event) => event.stopPropagation()}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

type MenuItemProps = { icon?: ReactNode; children: ReactNode; onSelect: () => void; danger?: boolean };

export function MenuItem({ icon, children, onSelect, danger = false }: MenuItemProps) {
  return (
    <Radix.Item
      onSelect={onSelect}
      className={cx(
        'flex h-9 cursor-pointer items-center gap-2.5 rounded-small px-2.5 outline-none select-none touch:h-11',
        danger ? 'text-danger data-highlighted:bg-danger-soft' : 'data-highlighted:bg-hover',
      )}
    >
      {icon && <span className={cx('shrink-0', !danger && 'text-muted')}>{icon}</span>}
      {children}
    </Radix.Item>
  );
}

export const MenuLine = () => <Radix.Separator className="mx-1 my-1 h-px bg-hairline" />;
