import { type RefObject, useEffect, useReducer } from 'react';

const MOVES = ['keyup', 'click', 'focus', 'blur'];

/**
 * Where the caret stands in a field, 0 while it is elsewhere or an input method composes there: nothing is offered to either. Looked
 * at again when it has moved without anything being typed.
 */
export function useCaret(field: RefObject<HTMLTextAreaElement | null>, draft: string): number {
  const [, look] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const box = field.current;
    if (!box) return;
    const composed = () => {
      box.removeAttribute('data-composing');
      look();
    };
    for (const event of MOVES) box.addEventListener(event, look);
    box.addEventListener('compositionend', composed);
    return () => {
      for (const event of MOVES) box.removeEventListener(event, look);
      box.removeEventListener('compositionend', composed);
    };
  }, [field]);
  const box = field.current;
  if (box !== document.activeElement || box?.hasAttribute('data-composing')) return 0;
  return box === null ? draft.length : Math.min(box.selectionStart, draft.length);
}
