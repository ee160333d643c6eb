import { type RefObject, useEffect, useRef } from 'react';

/** What hangs from a field: the id of its list, whether it is open, and which option the keys have come to. */
type FieldOptions = { id: string; open: boolean; at: number };

/**
 * Makes a field of text speak of a list that hangs from it, and hears its keys first: a key that `onKey` takes goes no further. A
 * field of several lines may not be called a combobox, so it says the same by what it controls.
 */
export function useFieldOptions(
  field: RefObject<HTMLTextAreaElement | null>,
  { id, open, at }: FieldOptions,
  onKey: (key: string) => boolean,
): void {
  const handler = useRef(onKey);
  handler.current = onKey;
  useEffect(() => {
    const box = field.current;
    if (!box) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.isComposing || event.keyCode === 229) return;
      if (event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
      if (!handler.current(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    box.addEventListener('keydown', onKeyDown);
    return () => box.removeEventListener('keydown', onKeyDown);
  }, [field]);
  useEffect(() => {
    const box = field.current;
    if (!box || !open) return;
    const said = { 'aria-autocomplete': 'list', 'aria-controls': id, 'aria-activedescendant': `${id}-${at}` };
    for (const [name, value] of Object.entries(said)) box.setAttribute(name, value);
    document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' });
    return () => {
      for (const name of Object.keys(said)) box.removeAttribute(name);
    };
  }, [field, id, open, at]);
}
