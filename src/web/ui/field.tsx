import { type ComponentProps, type ReactNode, useId } from 'react';
import { cx } from './classes.ts';

export const INPUT =
  'w-full rounded-medium border border-outline bg-surface px-3 text-base sm:text-sm placeholder:text-muted ' +
  'transition-colors focus:border-accent focus:outline-2 focus:outline-offset-0 focus:outline-accent';

type FieldProps = { label: string; hint?: ReactNode; error?: ReactNode };

/** A label over what is filled in, and a note under it: a hint, or what is wrong. */
export function Field({
  id,
  label,
  hint,
  error,
  children,
}: FieldProps & { id: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {children}
      {error ? (
        <p id={`${id}-note`} role="alert" className="text-note text-danger">
          {error}
        </p>
      ) : (
        hint && (
          <p id={`${id}-note`} className="text-note text-muted">
            {hint}
          </p>
        )
      )}
    </div>
  );
}

const described = (id: string, { hint, error }: FieldProps) => ({
  id,
  'aria-invalid': error ? true : undefined,
  'aria-describedby': hint || error ? `${id}-note` : undefined,
});

type TextFieldProps = FieldProps & ComponentProps<'input'> & { end?: ReactNode };

/** A labelled line of text; the note under it is a hint, or what is wrong with it. `end`: a button inside it. */
export function TextField({ label, hint, error, end, className, ...rest }: TextFieldProps) {
  const id = useId();
  const input = (
    <input
      {...described(id, { label, hint, error })}
      className={cx(INPUT, 'h-11 sm:h-10', end && 'pr-11', className)}
      {...rest}
    />
  );
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      {end ? (
        <div className="relative">
          {input}
          <span className="absolute inset-y-0 right-1 flex items-center">{end}</span>
        </div>
      ) : (
        input
      )}
    </Field>
  );
}

/** A labelled text of several lines. */
export function TextArea({
  label,
  hint,
  error,
  className,
  ...rest
}: FieldProps & ComponentProps<'textarea'>) {
  const id = useId();
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      <textarea
        {...described(id, { label, hint, error })}
        className={cx(INPUT, 'py-2', className)}
        {...rest}
      />
    </Field>
  );
}

/** A labelled choice among a few. */
export function SelectField({
  label,
  hint,
  error,
  className,
  ...rest
}: FieldProps & ComponentProps<'select'>) {
  const id = useId();
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      <select
        {...described(id, { label, hint, error })}
        className={cx(INPUT, 'h-11 sm:h-10', className)}
        {...rest}
      />
    </Field>
  );
}
