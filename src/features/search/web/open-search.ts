/** Opens the window for searching; what is typed until it is there is meant for it. */
import { closeWindow, openWindow, useOpen } from '#web/ui/windows.ts';

let field: HTMLInputElement | null = null;
let before: Element | null = null;

/** Opens it. A field out of sight takes the keys while its files are fetched, which would go to the composer otherwise. */
export function openSearch(): void {
  if (useOpen.getState().window?.name === 'search') return;
  before = document.activeElement;
  field = document.createElement('input');
  field.className = 'sr-only';
  field.tabIndex = -1;
  field.onkeydown = ({ key }) => {
    if (key !== 'Escape') return;
    closeWindow();
    takeTyped();
  };
  document.body.append(field);
  field.focus();
  openWindow('search');
}

/** What was typed so far; gives the focus back to what had it, from where the window takes it. */
export function takeTyped(): string {
  const typed = field?.value ?? '';
  field?.remove();
  field = null;
  if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  before = null;
  return typed;
}
