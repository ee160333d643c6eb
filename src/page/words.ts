/** Types and collects the words of all rooms, so that `useTranslations` knows every key of them. */

import type { guestWords, providerWords, secondFactorWords } from '#features/accounts/web/index.ts';
import type { agentWords } from '#features/agents/web/index.ts';
import type { FirstWords } from '#web/i18n/words.ts';
import type { later as kitLater } from '#web/later-words.ts';
import type { Feature } from '#web/pages.ts';
import type { Language } from '#web/preferences.ts';
import * as kit from '#web/words.ts';
import { FEATURES } from './features.ts';

/** The first words of every room, each fetched in the language of who is here. */
export const FIRST_WORDS: readonly FirstWords[] = [kit, ...FEATURES].flatMap(
  ({ words }: Feature) => words.first ?? [],
);

/** Rooms whose words are named where their parts are, all of which are fetched: so the first load need not name them. */
type Named =
  | { words: { later: typeof agentWords } }
  | { words: { later: typeof guestWords } }
  | { words: { later: typeof kitLater } }
  | { words: { later: typeof providerWords } }
  | { words: { later: typeof secondFactorWords } };
type Room = typeof kit | (typeof FEATURES)[number] | Named;
type In<R, When extends 'first' | 'later'> = R extends {
  words: Record<When, { en: () => Promise<{ default: infer English }> }>;
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
    Messages: Together<In<Room, 'first'> | In<Room, 'later'>>;
  }
}
