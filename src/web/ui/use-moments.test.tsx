import compile from 'icu-minify/compile';
import { renderToString } from 'react-dom/server';
import { IntlProvider } from 'use-intl';
import { afterEach, expect, it, vi } from 'vitest';
import en from '../words/first.en.json' with { type: 'json' };
import ru from '../words/first.ru.json' with { type: 'json' };
import { useMoments } from './use-moments.ts';

const LANGUAGES = [
  { locale: 'en', words: en },
  { locale: 'ru', words: ru },
] as const;
const NOW = new Date(2026, 2, 3, 22, 30);
afterEach(() => void vi.useRealTimers());

type Asked = { how: 'when' | 'since'; at: Date };
const Shown = ({ how, at }: Asked) => useMoments()[how](at);

/** What both languages say of a moment. */
function said(how: Asked['how'], at: Date): string[] {
  vi.useFakeTimers({ now: NOW });
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return LANGUAGES.map(({ locale, words }) =>
    renderToString(
      <IntlProvider locale={locale} messages={words as never} timeZone={timeZone}>
        <Shown how={how} at={at} />
      </IntlProvider>,
    ).replaceAll('\u202f', ' '),
  );
}

it('has messages that a browser can read', () => {
  for (const words of [en, ru]) expect(() => Object.values(words.moments).map(compile)).not.toThrow();
});

it('says a time of today as it is, to the second when it is near, and rounded up when it is not', () => {
  expect(said('when', new Date(2026, 2, 3, 22, 30, 41))).toEqual(['at 10:30:41 PM', 'в 22:30:41']);
  expect(said('when', new Date(2026, 2, 3, 23, 10, 41))).toEqual(['at 11:11 PM', 'в 23:11']);
});

it('says the day of what is not today', () => {
  expect(said('when', new Date(2026, 2, 4, 7, 30))).toEqual(['tomorrow at 7:30 AM', 'завтра в 7:30']);
  expect(said('when', new Date(2026, 2, 6, 7, 30))).toEqual(['on Friday at 7:30 AM', 'в пятницу в 7:30']);
  expect(said('when', new Date(2026, 2, 10, 7, 30))).toEqual(['on March 10 at 7:30 AM', '10 марта в 7:30']);
});

it('says since when something is', () => {
  expect(said('since', new Date(2026, 2, 3, 7, 5))).toEqual(['since 7:05 AM', 'с 7:05']);
  expect(said('since', new Date(2026, 2, 2, 7, 5))).toEqual([
    'since yesterday at 7:05 AM',
    'со вчерашнего дня, 7:05',
  ]);
  expect(said('since', new Date(2026, 1, 20, 7, 5))).toEqual([
    'since February 20, 7:05 AM',
    'с 20 февраля, 7:05',
  ]);
});
