import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { openSearch } from '#features/search/web/index.ts';
import { setPreferences, usePreferences } from '#web/preferences.ts';
import { copyText } from '#web/ui/use-copy.ts';
import { openWindow } from '#web/ui/windows.ts';

/** `shift`: with Shift as well. All of them are pressed with Ctrl, or Cmd on a Mac, unless `bare`. */
export type Shortcut = { id: ShortcutId; code: string; key: string; shift?: true; bare?: true };
export type ShortcutId =
  | 'newChat'
  | 'search'
  | 'list'
  | 'composer'
  | 'copyCode'
  | 'copyReply'
  | 'note'
  | 'settings'
  | 'help';

/** By the place of the key, so that they work on a Russian keyboard too. */
export const SHORTCUTS: readonly Shortcut[] = [
  { id: 'newChat', code: 'KeyO', key: 'O', shift: true },
  { id: 'search', code: 'KeyK', key: 'K' },
  { id: 'list', code: 'KeyS', key: 'S', shift: true },
  { id: 'composer', code: 'Escape', key: 'Esc', shift: true, bare: true },
  { id: 'copyCode', code: 'Semicolon', key: ';', shift: true },
  { id: 'copyReply', code: 'KeyU', key: 'U', shift: true },
  { id: 'note', code: 'F8', key: 'F8', bare: true },
  { id: 'settings', code: 'Period', key: '.' },
  { id: 'help', code: 'Slash', key: '/' },
];

const last = <T extends Element>(selector: string): T | undefined =>
  [...document.querySelectorAll<T>(selector)].at(-1);

const focus = (selector: string): void => document.querySelector<HTMLElement>(selector)?.focus();

/** Listens for the shortcuts everywhere on the page. */
export function useShortcuts(): void {
  const [, navigate] = useLocation();
  useEffect(() => {
    const run: Record<ShortcutId, () => void> = {
      newChat: () => navigate('/'),
      search: openSearch,
      list: () => {
        setPreferences({ sidebarOpen: !usePreferences.getState().sidebarOpen });
      },
      composer: () => focus('[data-composer]'),
      copyCode: () => void copyText(last<HTMLElement>('.code-block code')?.textContent ?? ''),
      copyReply: () => last<HTMLButtonElement>('[data-copy-reply]')?.click(),
      note: () => last<HTMLElement>('[data-passing] button:not(:last-child)')?.focus(),
      settings: () => navigate('/settings'),
      help: () => openWindow('shortcuts'),
    };
    const onKeyDown = (event: KeyboardEvent) => {
      const modifier = event.ctrlKey || event.metaKey;
      const pressed = SHORTCUTS.find(
        ({ code, shift, bare }) =>
          code === event.code &&
          (shift ?? false) === event.shiftKey &&
          !event.altKey &&
          modifier !== (bare ?? false),
      );
      if (!pressed) return;
      event.preventDefault();
      run[pressed.id]();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [navigate]);
}
