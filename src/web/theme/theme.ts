/** Keeps the page's theme true to the preference and, for `system`, to the operating system. */
import { useSyncExternalStore } from 'react';
import { usePreferences } from '#web/preferences.ts';

const systemDark = (): MediaQueryList => matchMedia('(prefers-color-scheme: dark)');

/** True while the page is to be dark. */
export function isDark(): boolean {
  const { theme } = usePreferences.getState();
  return theme === 'dark' || (theme === 'system' && systemDark().matches);
}

/** Starts following; call once. */
export function followTheme(): void {
  const apply = () => {
    const { dataset, style } = document.documentElement;
    dataset.theme = isDark() ? 'dark' : 'light';
    const { textSize } = usePreferences.getState();
    style.fontSize = textSize === '100' ? '' : `${textSize}%`;
  };
  apply();
  systemDark().addEventListener('change', apply);
  usePreferences.subscribe(apply);
}

/** True while the media query matches. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = matchMedia(query);
      media.addEventListener('change', changed);
      return () => media.removeEventListener('change', changed);
    },
    () => matchMedia(query).matches,
  );
}

/** How much larger than usual (16 px) text is by the browser's settings; for sizes that cannot be stated in rem. */
export const textScale = (): number =>
  Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
