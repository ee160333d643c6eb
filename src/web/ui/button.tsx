import type { ComponentProps, ReactNode } from 'react';
import { Link } from 'wouter';
import { cx } from './classes.ts';

const LOOKS = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong',
  outline: 'border border-hairline bg-surface hover:bg-hover',
  quiet: 'text-muted hover:bg-hover hover:text-text',
  danger: 'bg-danger text-on-danger hover:opacity-90',
} as const;

type ButtonProps = ComponentProps<'button'> & { look?: keyof typeof LOOKS; small?: boolean };

/** A button with words on it. */
export function Button({ look = 'outline', small = false, className, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      className={cx(
        // As wide as its words, until there is no room for them in one line.
        'inline-flex max-w-full shrink-0 items-center justify-center gap-1.5 rounded-medium py-1 font-medium select-none',
        'transition-colors disabled:opacity-50 disabled:pointer-events-none touch:min-h-11',
        small ? 'min-h-8 px-2.5 text-note' : 'min-h-9 px-3.5 text-sm',
        LOOKS[look],
        className,
      )}
      {...rest}
    />
  );
}

const ICON =
  'inline-flex shrink-0 items-center justify-center rounded-medium text-muted transition-colors ' +
  'hover:bg-hover hover:text-text disabled:opacity-40 disabled:pointer-events-none ' +
  'data-[state=open]:bg-hover data-[state=open]:text-text touch:size-11';

type IconButtonProps = ComponentProps<'button'> & { label: string; children: ReactNode; small?: boolean };

/** A button with an icon on it, and a name for those who do not see it. */
export function IconButton({ label, className, small = false, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={cx(ICON, small ? 'size-7' : 'size-9', className)}
      {...rest}
    />
  );
}

type IconLinkProps = { href: string; label: string; className?: string; children: ReactNode };

/** The same, for what leads to another page. */
export function IconLink({ href, label, className, children }: IconLinkProps) {
  return (
    <Link href={href} aria-label={label} title={label} className={cx(ICON, 'size-9', className)}>
      {children}
    </Link>
  );
}
