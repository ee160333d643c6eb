import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { openSearch } from '#features/search/web/index.ts';
import { setPreferences, usePreferences } from '#web/preferences.ts';
import { copyText } from '#web/ui/use-copy.ts';
import { openWindow } from '#web/ui/windows.ts';
import { SHORTCUTS, type ShortcutId } from './shortcuts.ts';

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
      copyCode: () => {
        // Without any, what was copied before stays.
        const code = last<HTMLElement>('.code-block code');
        if (code) void copyText(code.textContent);
      },
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
