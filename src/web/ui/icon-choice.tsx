import type { LucideIcon } from 'lucide-react';
import { cx } from './classes.ts';

type IconChoiceProps<Name extends string> = {
  label: string;
  icons: readonly { name: Name; label: string; Icon: LucideIcon }[];
  value: Name;
  onChange: (name: Name) => void;
};

/** A choice among marks; arrow keys move, as in any group of radio buttons. */
export function IconChoice<Name extends string>({ label, icons, value, onChange }: IconChoiceProps<Name>) {
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{label}</legend>
      <div className="flex flex-wrap gap-1">
        {icons.map(({ name, label: named, Icon }) => (
          <label
            key={name}
            title={named}
            className={cx(
              'grid size-9 cursor-pointer place-items-center rounded-medium border transition-colors touch:size-11',
              'has-focus-visible:outline-2 has-focus-visible:outline-accent',
              name === value
                ? 'border-accent bg-accent-soft text-accent'
                : 'border-transparent text-muted hover:bg-hover hover:text-text',
            )}
          >
            <input
              type="radio"
              name="icon"
              value={name}
              aria-label={named}
              checked={name === value}
              onChange={() => onChange(name)}
              className="sr-only"
            />
            <Icon size={18} aria-hidden />
          </label>
        ))}
      </div>
    </fieldset>
  );
}
