/** What this browser remembers about how its user likes the page; `theme.js` reads the same record before paint. */
import { create } from 'zustand';

import { DEFAULT_PANEL_WIDTH } from './ui/panel-width.ts';

export type Theme = 'system' | 'light' | 'dark';
export type Language = 'en' | 'ru';
/** `enter`: Enter sends. `modifier`: Ctrl or Cmd with Enter sends, Enter makes a new line. */
export type SendKey = 'enter' | 'modifier';

/** What becomes of a message that is sent while a reply is written: it waits for its end, or stops it. */
export type WhileWriting = 'next' | 'interrupt';

/** How somebody hears that a reply has ended in a chat they do not look at; `desktop`: by the browser, also from behind other windows. */
export type WhenEnded = 'off' | 'page' | 'desktop';

/** Per cent of the size that the browser shows text in. */
export type TextSize = '100' | '112.5' | '125';

export type Preferences = {
  theme: Theme;
  textSize: TextSize;
  /** null: as the browser says. */
  language: Language | null;
  sendKey: SendKey;
  whileWriting: WhileWriting;
  whenEnded: WhenEnded;
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
  textSize: '100',
  language: null,
  sendKey: 'enter',
  whileWriting: 'next',
  whenEnded: 'page',
  sidebarOpen: true,
  panelWidth: DEFAULT_PANEL_WIDTH,
  thoughtsOpen: null,
  projectsOpen: true,
};

const KEY = 'parley.preferences';

export const usePreferences = create<Preferences>(() => ({ ...DEFAULTS, ...remembered() }));

/** What the storage holds; nothing where it is refused, or holds something else. */
function remembered(): Partial<Preferences> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}').state ?? {};
  } catch {
    return {};
  }
}

/** Changes some preferences, here and in the browser's storage. */
export function setPreferences(changes: Partial<Preferences>): void {
  usePreferences.setState(changes);
  try {
    localStorage.setItem(KEY, JSON.stringify({ state: usePreferences.getState() }));
  } catch {
    // Storage is full or refused: they hold as long as the page.
  }
}

/** The language to show: the chosen one, else the browser's if it is Russian, else English. */
export const languageOf = ({ language }: Preferences): Language =>
  language ?? (/^ru\b/i.test(navigator.language) ? 'ru' : 'en');

export const useLanguage = (): Language => usePreferences(languageOf);
