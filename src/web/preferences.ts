/** What this browser remembers about how its user likes the page; `theme.js` reads the same record before paint. */
import { create } from 'zustand';
import { persist } from 'zustand/middleware';

import { DEFAULT_PANEL_WIDTH } from './ui/panel-width.ts';

export type Theme = 'system' | 'light' | 'dark';
export type Language = 'en' | 'ru';
/** `enter`: Enter sends. `modifier`: Ctrl or Cmd with Enter sends, Enter makes a new line. */
export type SendKey = 'enter' | 'modifier';

export type Preferences = {
  theme: Theme;
  /** null: as the browser says. */
  language: Language | null;
  sendKey: SendKey;
  sidebarOpen: boolean;
  /** Of the panel at the right of a page, in CSS pixels. */
  panelWidth: number;
  /** Whether thoughts stand open; null: while they are thought. */
  thoughtsOpen: boolean | null;
  /** Whether the projects that were active last stand in the list of chats. */
  projectsOpen: boolean;
};

const DEFAULTS: Preferences = {
  theme: 'system',
  language: null,
  sendKey: 'enter',
  sidebarOpen: true,
  panelWidth: DEFAULT_PANEL_WIDTH,
  thoughtsOpen: null,
  projectsOpen: true,
};

export const usePreferences = create<Preferences>()(persist(() => DEFAULTS, { name: 'parley.preferences' }));

/** Changes some preferences, here and in the browser's storage. */
export function setPreferences(changes: Partial<Preferences>): void {
  usePreferences.setState(changes);
}

/** The language to show: the chosen one, else the browser's if it is Russian, else English. */
export function useLanguage(): Language {
  const chosen = usePreferences((preferences) => preferences.language);
  return chosen ?? (/^ru\b/i.test(navigator.language) ? 'ru' : 'en');
}
