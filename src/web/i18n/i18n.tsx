/** The page's words: English in the first load, Russian when asked for; switching needs no reload. */
import { type ReactNode, useEffect, useState } from 'react';
import { IntlProvider } from 'use-intl';
import { type Language, useLanguage } from '#web/preferences.ts';
import en from './en.json' with { type: 'json' };
import type { PageMessages } from './page-words.tsx';

declare module 'use-intl' {
  interface AppConfig {
    Locale: Language;
    Messages: typeof en & PageMessages;
  }
}

type Messages = typeof en;

async function load(language: Language): Promise<Messages> {
  if (language === 'ru') return (await import('./ru.json')).default as Messages;
  return en;
}

const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Gives everything below it `useTranslations` and `useFormatter`; draws nothing until its language is there. */
export function Translations({ children }: { children: ReactNode }) {
  const language = useLanguage();
  const [loaded, setLoaded] = useState<{ language: Language; messages: Messages } | null>(
    language === 'en' ? { language, messages: en } : null,
  );
  useEffect(() => {
    let current = true;
    load(language)
      .catch(() => en)
      .then((messages) => {
        if (!current) return;
        document.documentElement.lang = language;
        setLoaded({ language, messages });
      });
    return () => {
      current = false;
    };
  }, [language]);
  if (!loaded) return null;
  return (
    <IntlProvider locale={loaded.language} messages={loaded.messages} timeZone={timeZone}>
      {children}
    </IntlProvider>
  );
}
