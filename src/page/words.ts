/** Types and collects the words of all rooms, so that `useTranslations` knows every key of them. */

import type { guestWords, providerWords, secondFactorWords } from '#features/accounts/web/index.ts';
import type { agentWords } from '#features/agents/web/index.ts';
import type { FirstWords } from '#web/i18n/words.ts';
import type { later as kitLater } from '#web/later-words.ts';
import type { Language } from '#web/preferences.ts';
import type { FEATURES } from './features.ts';
import type { FirstRoom } from './first-words/en.ts';

/** Fetched in the language of who is here. */
export const FIRST_WORDS: FirstWords = {
  en: () => import('./first-words/en.ts'),
  ru: () => import('./first-words/ru.ts'),
};

/** Rooms whose words are named where their parts are, all of which are fetched: so the first load need not name them. */
type Named =
  | { words: { later: typeof agentWords } }
  | { words: { later: typeof guestWords } }
  | { words: { later: typeof kitLater } }
  | { words: { later: typeof providerWords } }
  | { words: { later: typeof secondFactorWords } };
type Room = (typeof FEATURES)[number] | Named;
type Later<R> = R extends {
  words: { later: { en: () => Promise<{ default: infer English }> } };
}
  ? English
  : never;
/** A | B as A & B: a type that each of them can stand in for as a parameter is all of them at once. */
type Together<Each> = (Each extends unknown ? (each: Each) => void : never) extends (all: infer All) => void
  ? All
  : never;

declare module 'use-intl' {
  interface AppConfig {
    Locale: Language;
    Messages: Together<FirstRoom | Later<Room>>;
  }
}
