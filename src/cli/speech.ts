/** How the program speaks to the person at the terminal: its own words and the server's sentences, in one language. */

import terminalEnglish from '#terminal/words/en.json' with { type: 'json' };
import terminalRussian from '#terminal/words/ru.json' with { type: 'json' };
import { type Language, type Words, wordsOf } from '#terminal/words.ts';
import { loadSentences } from './load-sentences.ts';
import english from './words/en.json' with { type: 'json' };
import russian from './words/ru.json' with { type: 'json' };

type Key = keyof typeof english | keyof typeof terminalEnglish;

export type Speech = {
  readonly language: Language;
  readonly words: Words<Key>;
  /** A sentence of the server. */
  readonly said: ReturnType<typeof loadSentences>;
};

const MESSAGES: Record<Language, Record<Key, string>> = {
  en: { ...terminalEnglish, ...english },
  ru: { ...terminalRussian, ...russian },
};

/** The speech of a language; the server's sentences are read when one is first said. */
export function createSpeech(language: Language): Speech {
  let said: Speech['said'] | undefined;
  return {
    language,
    words: wordsOf(MESSAGES[language], language),
    said: (sentence) => {
      said ??= loadSentences(language);
      return said(sentence);
    },
  };
}
