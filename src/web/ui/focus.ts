/**
 * Where the focus goes when what had it goes: one rule for windows, sheets, menus, rows that are deleted, notes and pages. Back
 * to what had it; if that is gone too, to the same place in its row, else in the row that took its place, else to the page.
 */
import { useState } from 'react';

const CONTROLS = 'a[href], button:not(:disabled), input:not(:disabled), select, textarea, [tabindex="0"]';
const ROWS = 'li, tr, [data-row]';

/** Moves the focus to the first field of what has opened; without one to the whole of it, so that no button lights up. */
export function focusFirstField(box: HTMLElement): void {
  const field = box.querySelector<HTMLElement>('input, textarea, select');
  (field ?? box).focus();
}

/** Moves the focus to the title of the page, so that the page is what is read out next. */
export function focusPage(): void {
  const target = pageTitle() ?? document.querySelector('main');
  if (!target) return;
  target.tabIndex = -1;
  target.focus({ preventScroll: true });
}

/** The title of the page in sight: one that is left stands hidden beside the next until that has been fetched. */
export const pageTitle = (): HTMLElement | undefined =>
  [...document.querySelectorAll<HTMLElement>('main h1')].find((title) => title.checkVisibility());

/** Remembers where an element stands; the answer moves the focus there, whatever has become of it by then. */
export function placeOf(element: Element | null): () => void {
  const row = element?.closest(ROWS) ?? null;
  const list = row?.parentElement ?? null;
  const nth = row && list ? [...list.children].indexOf(row) : -1;
  const control = row && element ? [...row.querySelectorAll(CONTROLS)].indexOf(element) : -1;
  const other = element?.getAttribute('data-switch');
  return () => {
    const now = row?.isConnected
      ? row
      : list?.isConnected
        ? list.children[Math.min(nth, list.children.length - 1)]
        : null;
    const controls = now ? [...now.querySelectorAll(CONTROLS)] : [];
    const target = element?.isConnected
      ? element
      : (controls[Math.max(0, control)] ??
        controls[0] ??
        (other && document.querySelector(`[data-switch="${other}"]`)));
    if (target instanceof HTMLElement) target.focus();
    // What stays may be unable to take it: a button that is disabled by now, the document itself.
    if (isFocusLost()) focusPage();
  };
}

/** Keeps the focus with what was moved in its list: on the same button (`data-move`) of its row, or where that can go no further the other. */
export function focusMove(row: Element | null | undefined, by: 'up' | 'down'): void {
  const moves = [...(row?.querySelectorAll<HTMLElement>('[data-move]:not(:disabled)') ?? [])];
  (moves.find(({ dataset }) => dataset.move === by) ?? moves[0])?.focus();
}

/** True when nothing has the focus that somebody could have put it on. */
export const isFocusLost = (): boolean =>
  document.activeElement === null || document.activeElement === document.body;

/** Where the focus was before the first of the windows that lead to one another. */
let beneath = focusPage;

/** Remembers what had the focus before something opened; the returned function, the same each time, gives it back. */
export function useFocusBack(): () => void {
  const [giveBack] = useState(() => {
    // A window gives way to the one it leads to, and is hidden or gone when that one opens.
    const led = isFocusLost() || document.activeElement?.closest('[role="dialog"]');
    if (!led) beneath = placeOf(document.activeElement);
    const place = beneath;
    return () => {
      beneath = focusPage;
      place();
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
      // What was done in it may have led elsewhere, and have the focus there already.
      if (isFocusLost()) giveBack();
    },
  };
}
