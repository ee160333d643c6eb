import { useState } from 'react';

/** Moves the focus to the first field of what has opened; without one to the whole of it, so that no button lights up. */
export function focusFirstField(box: HTMLElement): void {
  const field = box.querySelector<HTMLElement>('input, textarea, select');
  (field ?? box).focus();
}

/** Remembers what had the focus before something opened; the returned function, the same each time, gives it back. */
export function useFocusBack(): () => void {
  const [giveBack] = useState(() => {
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  });
  return giveBack;
}

/** What a modal layer does with the focus, for its content: into its first field when it opens, and back when it closes. */
export function useModalFocus() {
  const giveBack = useFocusBack();
  return {
    onOpenAutoFocus(event: Event) {
      event.preventDefault();
      focusFirstField(event.currentTarget as HTMLElement);
    },
    onCloseAutoFocus(event: Event) {
      event.preventDefault();
      giveBack();
    },
  };
}
