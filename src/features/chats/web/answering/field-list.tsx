import { type RefObject, useId, useState } from 'react';
import { GroupedOptions, type KeyedOption } from '#web/ui/grouped-options.tsx';
import { useFieldOptions } from './use-field-options.ts';

type FieldListProps = {
  field: RefObject<HTMLTextAreaElement | null>;
  /** What the list is called. */
  label: string;
  /** How many there are and how one is taken, for those who do not see the list. */
  said: string;
  options: readonly KeyedOption[];
  onChoose: (key: string) => void;
  /** Escape: nothing is to be offered for now. */
  onClose: () => void;
  /** Hears the keys that the list has no use for; true: it was taken. */
  onKey?: (key: string) => boolean;
};

/** What is offered while something is typed, above its field, which keeps the focus: arrows move, Enter and Tab take one, Escape closes. */
export function FieldList({ field, label, said, options, onChoose, onClose, onKey }: FieldListProps) {
  const id = useId();
  const [index, setIndex] = useState(0);
  const open = options.length > 0;
  const at = Math.min(index, options.length - 1);
  const choose = (key: string) => {
    setIndex(0);
    onChoose(key);
  };
  useFieldOptions(field, { id, open, at }, (key) => {
    if (!open) return onKey?.(key) ?? false;
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      const step = key === 'ArrowDown' ? 1 : -1;
      setIndex((at + step + options.length) % options.length);
    } else if (key === 'Enter' || key === 'Tab') choose(options[at]!.key);
    else if (key === 'Escape') onClose();
    else return onKey?.(key) ?? false;
    return true;
  });
  return (
    <>
      {open && (
        <div
          id={id}
          role="listbox"
          // The field keeps the focus; a list that scrolls would be a stop of its own.
          tabIndex={-1}
          aria-label={label}
          className="absolute bottom-full left-0 z-20 mb-1.5 max-h-[min(18rem,35vh)] w-80 max-w-full animate-rise overflow-y-auto rounded-medium border border-hairline bg-surface p-1 shadow-float"
        >
          <GroupedOptions id={id} options={options} at={at} onHover={setIndex} onChoose={choose} />
        </div>
      )}
      <span role="status" className="sr-only">
        {open && said}
      </span>
    </>
  );
}
