import type { DropdownMenu, Popover } from 'radix-ui';
import type { ReactNode } from 'react';
import { cx } from './classes.ts';

type FloatingProps = {
  /** Those of the kind that floats: each knows its own keys and its own button. */
  parts: Pick<typeof DropdownMenu, 'Portal' | 'Content'> | Pick<typeof Popover, 'Portal' | 'Content'>;
  align?: 'start' | 'end';
  side?: 'top' | 'bottom';
  className?: string;
  /** Its name; a menu has that of its button. */
  label?: string;
  /** The surface itself has taken the focus. */
  onFocused?: (surface: HTMLElement) => void;
  /** It has closed, and the focus is about to go back to the button. */
  onClosed?: () => void;
  children: ReactNode;
};

/** The surface of everything that hangs from a button: above the page, close to its button, never off the screen. */
export function Floating({
  parts,
  align = 'end',
  side = 'bottom',
  className,
  label,
  onFocused,
  onClosed,
  children,
}: FloatingProps) {
  const { Portal, Content } = parts;
  return (
    <Portal>
      <Content
        align={align}
        side={side}
        sideOffset={6}
        collisionPadding={8}
        {...(label && { 'aria-label': label })}
        onFocus={({ target, currentTarget }) => target === currentTarget && onFocused?.(currentTarget)}
        {...(onClosed && { onCloseAutoFocus: onClosed })}
        className={cx(
          'z-50 max-h-(--radix-popper-available-height) max-w-[calc(100vw-1rem)] animate-rise overflow-y-auto rounded-medium border border-hairline bg-surface text-sm shadow-float focus:outline-none',
          className,
        )}
      >
        {children}
      </Content>
    </Portal>
  );
}
