/** Words of the pages that are opened now and then; they come with the first of those pages, not with the first load. */
import { type ComponentType, type ReactNode, use, useMemo } from 'react';
import { IntlProvider, useLocale, useMessages, useTimeZone } from 'use-intl';
import en from './pages/en.json' with { type: 'json' };

export type PageMessages = typeof en;

let russian: Promise<PageMessages> | undefined;

/** The same promise for every caller, as React's `use` asks for; English where Russian cannot be fetched. */
function loadRussian(): Promise<PageMessages> {
  russian ??= import('./pages/ru.json').then(
    (module) => module.default as PageMessages,
    () => {
      russian = undefined;
      return en;
    },
  );
  return russian;
}

/** A page with its words around it. */
export function withWords(Page: ComponentType): ComponentType {
  return function Worded() {
    return (
      <PageWords>
        <Page />
      </PageWords>
    );
  };
}

function PageWords({ children }: { children: ReactNode }) {
  const locale = useLocale();
  const below = useMessages();
  const timeZone = useTimeZone();
  const words = locale === 'ru' ? use(loadRussian()) : en;
  const messages = useMemo(() => ({ ...below, ...words }), [below, words]);
  return (
    <IntlProvider locale={locale} messages={messages} {...(timeZone && { timeZone })}>
      {children}
    </IntlProvider>
  );
}
