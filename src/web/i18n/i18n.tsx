/** The language of the page: English in the first load, Russian when asked for; switching needs no reload. */
import { type ReactNode, startTransition, useEffect, useState } from 'react';
import { IntlProvider, type Messages } from 'use-intl';
import { type Language, useLanguage } from '#web/preferences.ts';
import { type FirstWords, mergeWords, type Words } from './words.ts';

const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

type TranslationsProps = {
  /** The first words of every room; the same list each time. */
  words: readonly FirstWords[];
  /** The server's sentences in the other language: they are fetched after the first words, and whole. */
  sentences: () => Promise<Words>;
  children: ReactNode;
};

/** Gives everything below it `useTranslations` and `useFormatter`; draws nothing until its language is there. */
export function Translations({ words, sentences, children }: TranslationsProps) {
  const language = useLanguage();
  const [shown, setShown] = useState<{ language: Language; messages: Words } | null>(() =>
    language === 'en' ? { language, messages: englishOf(words) } : null,
  );
  useEffect(() => {
    let current = true;
    void load(words, language).then((messages) => {
      if (!current) return;
      document.documentElement.lang = language;
      // A transition keeps what is open on the screen, and its focus, until its own words are there in the new language.
      startTransition(() => setShown({ language, messages }));
      if (language === 'en') return;
      const add = (more: Words) => {
        if (current) startTransition(() => setShown({ language, messages: mergeWords([messages, more]) }));
      };
      // Without them the server's English is shown.
      void sentences().then(add, () => {});
    });
    return () => {
      current = false;
    };
  }, [words, sentences, language]);
  if (!shown) return null;
  return (
    <IntlProvider locale={shown.language} messages={shown.messages as Messages} timeZone={timeZone}>
      {children}
    </IntlProvider>
  );
}

const englishOf = (words: readonly FirstWords[]): Words => mergeWords(words.map(({ en }) => en));

/** English where Russian cannot be fetched. */
async function load(words: readonly FirstWords[], language: Language): Promise<Words> {
  if (language === 'en') return englishOf(words);
  try {
    const files = await Promise.all(words.map(({ ru }) => ru()));
    return mergeWords(files.map((file) => file.default));
  } catch {
    return englishOf(words);
  }
}
