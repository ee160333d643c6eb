import { type ComponentProps, type KeyboardEvent, useId, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { cx } from '#web/ui/classes.ts';
import { useTagsLike } from './use-tags.ts';

type TagInputProps = Omit<ComponentProps<'input'>, 'onChange' | 'value' | 'list'> & {
  value: string;
  onChange: (typed: string) => void;
  /** One of those offered was chosen. */
  onChoose: (tag: string) => void;
  /** Not offered: they are there already. */
  without?: readonly string[];
  /** What is offered hangs from what stands around it, and not from the field. */
  within?: boolean;
};

/** A field for one tag, which offers those that are in use: arrows move, Enter chooses, Escape closes what is offered. */
export function TagInput({
  value,
  onChange,
  onChoose,
  without = [],
  within = false,
  onKeyDown,
  onBlur,
  ...rest
}: TagInputProps) {
  const t = useTranslations('tagInput');
  const format = useFormatter();
  const id = useId();
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const letters = value.trim();
  const offered = useTagsLike(letters, open).filter(
    ({ name }) => name !== letters && !without.includes(name),
  );
  const shown = open && offered.length > 0;
  const choose = (tag: string) => {
    setAt(-1);
    onChoose(tag);
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const chosen = shown ? offered[at] : undefined;
    if (step !== 0) {
      event.preventDefault();
      setOpen(true);
      // One more place than there are: none of them, which is what was typed.
      setAt((before) => ((before + 1 + step + offered.length + 1) % (offered.length + 1)) - 1);
    } else if (event.key === 'Enter' && chosen) {
      event.preventDefault();
      choose(chosen.name);
    } else if (event.key === 'Escape' && shown) {
      event.stopPropagation();
      setOpen(false);
    } else onKeyDown?.(event);
  };
  return (
    <span className={cx('block', !within && 'relative')}>
      <input
        {...rest}
        role="combobox"
        aria-expanded={shown}
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={shown && at >= 0 ? `${id}-${at}` : undefined}
        dir="auto"
        autoComplete="off"
        value={value}
        onChange={(event) => {
          setOpen(true);
          setAt(-1);
          onChange(event.target.value);
        }}
        onFocus={() => setOpen(true)}
        onBlur={(event) => {
          setOpen(false);
          onBlur?.(event);
        }}
        onKeyDown={onKey}
      />
      <span
        id={id}
        role="listbox"
        tabIndex={-1}
        aria-label={t('offered')}
        className={cx(
          'absolute top-full left-0 z-20 mt-1 max-h-60 w-max max-w-72 min-w-44 overflow-y-auto rounded-medium border border-hairline bg-surface p-1 shadow-float',
          shown ? 'block' : 'hidden',
        )}
      >
        {shown &&
          offered.map(({ name, count }, index) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus, and says which one is active
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys go to the field
            <span
              key={name}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === at}
              onPointerDown={(event) => event.preventDefault()}
              onPointerMove={() => setAt(index)}
              onClick={() => choose(name)}
              className={cx(
                'flex min-h-8 cursor-pointer items-center justify-between gap-4 rounded-small px-2.5 text-sm touch:min-h-11',
                index === at && 'bg-hover',
              )}
            >
              <span dir="auto" className="min-w-0 truncate">
                {name}
              </span>
              <span className="text-note text-muted tabular-nums">{format.number(count)}</span>
            </span>
          ))}
      </span>
    </span>
  );
}
