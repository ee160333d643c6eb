import { Search } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { cx } from './classes.ts';
import { GroupedOptions, type KeyedOption } from './grouped-options.tsx';

type SearchedListProps = {
  /** What the list is called, and the field. */
  label: string;
  search: string;
  /** Those that fit what is typed, each under a key of its own. */
  find: (words: string) => readonly KeyedOption[];
  /** The keys of those that are chosen. */
  chosen: readonly string[];
  /** More than one may be. */
  several?: boolean;
  /** Stands in the place of options where there are none. */
  none: ReactNode;
  onChoose: (key: string) => void;
};

/** A list with a field to search it: typing narrows it, arrows move, Enter chooses. */
export function SearchedList(props: SearchedListProps) {
  const { label, search, find, chosen, several = false, none, onChoose } = props;
  const [words, setWords] = useState('');
  const found = find(words);
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      found.findIndex(({ key }) => chosen.includes(key)),
    ),
  );
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // The first list is focused by its layer; what takes its place is not.
    if (several) field.current?.focus();
  }, [several]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      const next = (at + step + found.length) % Math.max(1, found.length);
      setAt(next);
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' });
    }
    const active = found[at];
    if (event.key === 'Enter' && active) {
      event.preventDefault();
      onChoose(active.key);
    }
  };
  return (
    <>
      <div className="flex items-center gap-2 border-b border-hairline px-3">
        <Search size={16} className="shrink-0 text-muted" aria-hidden />
        <input
          role="combobox"
          ref={field}
          aria-expanded="true"
          aria-controls={id}
          aria-activedescendant={found[at] && `${id}-${at}`}
          aria-label={search}
          placeholder={search}
          value={words}
          onChange={(event) => {
            setWords(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
          className="h-11 w-full bg-transparent text-base outline-none placeholder:text-muted sm:h-10 sm:text-sm"
        />
      </div>
      <div
        id={id}
        role="listbox"
        // The field keeps the focus; a list that scrolls would be a stop of its own.
        tabIndex={-1}
        aria-label={label}
        aria-multiselectable={several}
        // Lower where its layer has less room: what stands below it is to be in sight.
        className="max-h-[clamp(6rem,calc(var(--radix-popper-available-height,100vh)-11rem),18rem)] overflow-y-auto p-1 empty:hidden"
      >
        <GroupedOptions id={id} options={found} at={at} chosen={chosen} onHover={setAt} onChoose={onChoose} />
      </div>
      {/* Beside the list, which may hold nothing but what can be chosen. */}
      <p role="status" className={cx('px-3.5 text-sm text-muted', found.length === 0 && 'pt-2 pb-4')}>
        {found.length === 0 && none}
      </p>
    </>
  );
}
