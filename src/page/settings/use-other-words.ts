import { useEffect, useState } from 'react';
import { fetchWords, mergeWords } from '#web/i18n/words.ts';
import { useLanguage } from '#web/preferences.ts';
import { WORDS } from './rooms.ts';

type Named = { settingNames?: Record<string, unknown>; settingHints?: Record<string, unknown> };

/** What a setting is called in the language the page is not in, once somebody searches: it is found by those words too. */
export function useOtherWords(wanted: boolean): (id: string) => string {
  const language = useLanguage();
  const [named, setNamed] = useState<Named>({});
  useEffect(() => {
    if (!wanted) return;
    let here = true;
    const other = language === 'en' ? 'ru' : 'en';
    void Promise.all(WORDS.map((words) => fetchWords(words, other))).then(
      (all) => here && setNamed(mergeWords(all) as Named),
      () => {},
    );
    return () => {
      here = false;
    };
  }, [wanted, language]);
  return (id) => [named.settingNames?.[id], named.settingHints?.[id]].filter(isText).join(' ');
}

const isText = (word: unknown): word is string => typeof word === 'string';
