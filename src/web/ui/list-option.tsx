import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './classes.ts';

/** What an option says: its mark, its name, and a line below that. */
export type Option = { mark: ReactNode; name: string; note?: ReactNode };

type ListOptionProps = Option & {
  id: string;
  /** The keys would choose it. */
  active: boolean;
  /** It is the one that is chosen, or one of them; where none is, the keys choose as they move. */
  chosen?: boolean;
  onHover: () => void;
  onChoose: () => void;
};

/** One option of a list that a field beside it moves through. */
export function ListOption({ id, mark, name, note, active, chosen, onHover, onChoose }: ListOptionProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the field that keeps the focus
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={chosen ?? active}
      data-highlighted={active || undefined}
      onMouseMove={onHover}
      // The field keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
      className={cx(
        'flex min-h-10 cursor-pointer items-center gap-2.5 rounded-small px-2.5 py-1.5 text-sm touch:min-h-11',
        active && 'bg-active forced-colors:outline',
      )}
    >
      <span className="flex shrink-0 text-muted">{mark}</span>
      <span dir="auto" className="min-w-0 flex-1">
        <span className="block truncate font-medium">{name}</span>
        {note && <span className="block truncate text-xs text-muted">{note}</span>}
      </span>
      {chosen && <Check size={16} className="shrink-0 text-accent" aria-hidden />}
    </div>
  );
}
