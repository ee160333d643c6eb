import { type ComponentProps, type ReactNode, useId } from 'react';
import { cx } from './classes.ts';

type CheckboxProps = Omit<ComponentProps<'input'>, 'type'> & { label: ReactNode; hint?: ReactNode };

/** Something to tick, with its label beside it and a hint under that. */
export function Checkbox({ label, hint, className, ...rest }: CheckboxProps) {
  const id = useId();
  return (
    <div className="flex items-start gap-2.5">
      <input
        id={id}
        type="checkbox"
        aria-describedby={hint ? `${id}-note` : undefined}
        className={cx('mt-0.5 size-4 shrink-0 touch:mt-1.5 accent-accent', className)}
        {...rest}
      />
      <div>
        <label htmlFor={id} className="block text-sm touch:py-1">
          {label}
        </label>
        {hint && (
          <p id={`${id}-note`} className="text-note text-muted">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
