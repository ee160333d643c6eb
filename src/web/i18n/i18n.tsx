/** The language of the page: only its own words are fetched, and switching needs no reload. */
import { type ReactNode, startTransition, useEffect, useState } from 'react';
import { IntlProvider, type Messages } from 'use-intl';
import { type Language, useLanguage } from '#web/preferences.ts';
import { type FirstWords, mergeWords, type Words } from './words.ts';

const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What the page says, and in which language. */
export type Wording = { language: Language; messages: Words };

type TranslationsProps = {
  /** The first words of all rooms. */
  words: FirstWords;
  /** Those of the language the page begins in. */
  first: Wording;
  /** The server's sentences in the other language: they are fetched after the first words, and whole. */
  sentences: () => Promise<Words>;
  children: ReactNode;
};

/** Gives everything below it `useTranslations` and `useFormatter`. */
export function Translations({ words, first, sentences, children }: TranslationsProps) {
  const language = useLanguage();
  const [shown, setShown] = useState(first);
  useEffect(() => {
    let current = true;
    // A transition keeps what is open on the screen, and its focus, until its own words are there in the new language.
    const show = (messages: Words) => {
      if (current) startTransition(() => setShown({ language, messages }));
    };
    const change = async () => {
      const { messages } = language === first.language ? first : await fetchFirstWords(words, language);
      if (current) document.documentElement.lang = language;
      show(messages);
      // In English the server has said them already; without them its English is shown.
      if (language !== 'en') await sentences().then((more) => show(mergeWords([messages, more])));
    };
    // What cannot be fetched leaves the page as it is.
    change().catch(() => {});
    return () => {
      current = false;
    };
  }, [words, first, sentences, language]);
  return (
    <IntlProvider locale={shown.language} messages={shown.messages as Messages} timeZone={timeZone}>
      {children}
    </IntlProvider>
  );
}

/** Fetches the first words of all rooms in a language; English stands in where Russian cannot be fetched. */
export async function fetchFirstWords(words: FirstWords, language: Language): Promise<Wording> {
  try {
    const { default: rooms } = await words[language]();
    return { language, messages: mergeWords(rooms) };
  } catch (error) {
    if (language === 'en') throw error;
    return { ...(await fetchFirstWords(words, 'en')), language };
  }
}
