import { cx } from './classes.ts';

type ChoiceProps<T extends string> = {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
  /** The label is said, not shown: what stands around it shows what is chosen. */
  quiet?: boolean;
};

/** One of a few, all of them in sight; arrow keys move, as in any group of radio buttons. */
export function Choice<T extends string>(props: ChoiceProps<T>) {
  const { label, value, options, onChange, quiet = false } = props;
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className={quiet ? 'sr-only' : 'mb-1.5 text-sm font-medium'}>{label}</legend>
      <div className="flex flex-wrap gap-1 rounded-medium bg-track p-1 forced-colors:border forced-colors:border-outline">
        {options.map((option) => (
          <label
            key={option.value}
            className={cx(
              // What is there for the keyboard alone stays where it is seen, also where the page scrolls.
              'relative flex min-h-8 flex-auto cursor-pointer items-center justify-center rounded-small px-2 py-1 text-center text-sm',
              'transition-colors has-focus-visible:outline-2 has-focus-visible:outline-accent touch:min-h-11',
              option.value === value ? 'bg-chosen font-medium text-on-chosen' : 'text-muted hover:text-text',
            )}
          >
            <input
              type="radio"
              name={label}
              className="sr-only"
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
