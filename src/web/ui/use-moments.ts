import { useCallback } from 'react';
import { useFormatter, useTranslations } from 'use-intl';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Whole days from today to the day of `at`, by this browser's calendar: 0 today, 1 tomorrow, -1 yesterday. */
function daysFromNow(at: Date): number {
  const midnight = (time: Date) => new Date(time).setHours(0, 0, 0, 0);
  return Math.round((midnight(at) - midnight(new Date())) / DAY_MS);
}

/** Says when something will be (`tomorrow at 07:30`) and since when it is (`since yesterday at 07:30`): the day whenever it is not today. */
export function useMoments() {
  const t = useTranslations('moments');
  const format = useFormatter();
  const partsOf = useCallback(
    (at: Date, seconds = false) => ({
      time: format.dateTime(at, {
        hour: 'numeric',
        minute: '2-digit',
        ...(seconds && { second: '2-digit' }),
      }),
      weekday: format.dateTime(at, { weekday: 'long' }),
      date: format.dateTime(at, { day: 'numeric', month: 'long' }),
    }),
    [format],
  );
  /** Exact to the second within the next two minutes, else rounded up to the minute. */
  const when = useCallback(
    (at: Date) => {
      const soon = at.getTime() - Date.now() < 2 * MINUTE_MS;
      const shown = soon ? at : new Date(Math.ceil(at.getTime() / MINUTE_MS) * MINUTE_MS);
      const days = daysFromNow(shown);
      const day = days <= 0 ? 'today' : days === 1 ? 'tomorrow' : days < 7 ? 'week' : 'later';
      return t('when', { day, ...partsOf(shown, soon) });
    },
    [t, partsOf],
  );
  const since = useCallback(
    (at: Date) => {
      const days = daysFromNow(at);
      const { time, date } = partsOf(at);
      return t('since', { day: days === 0 ? 'today' : days === -1 ? 'yesterday' : 'earlier', time, date });
    },
    [t, partsOf],
  );
  return { when, since };
}
