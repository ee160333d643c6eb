/** Opens the window for searching; what is typed until it is there is meant for it. */
import { placeOf } from '#web/ui/focus.ts';
import { closeWindow, openWindow, useOpen } from '#web/ui/windows.ts';

let field: HTMLInputElement | null = null;
let giveBack = placeOf(null);

/** Opens it. A field out of sight takes the keys while its files are fetched, which would go to the composer otherwise. */
export function openSearch(): void {
  if (useOpen.getState().window?.name === 'search') return;
  giveBack = placeOf(document.activeElement);
  field = document.createElement('input');
  field.className = 'sr-only';
  field.tabIndex = -1;
  field.onkeydown = ({ key }) => {
    if (key !== 'Escape') return;
    closeWindow();
    endTyping();
    giveBack();
  };
  document.body.append(field);
  field.focus();
  openWindow('search');
}

/** What was typed so far. */
export const typedSoFar = (): string => field?.value ?? '';

/** Takes the field away, once the window has one of its own; answers with all that was typed into it. */
export function endTyping(): string {
  const typed = typedSoFar();
  field?.remove();
  field = null;
  return typed;
}

/** Gives the focus back to what had it before the window was opened. */
export const giveFocusBack = (): void => giveBack();
